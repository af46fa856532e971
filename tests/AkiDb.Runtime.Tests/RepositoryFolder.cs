using System.Reflection;

namespace AkiDb.Runtime.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = typeof(RepositoryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);
}
