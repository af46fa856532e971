using System.Reflection;

namespace AkiDb.TestKit;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>Its path.</summary>
    public static string Root { get; } = typeof(RepositoryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Path of something in it.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);
}
