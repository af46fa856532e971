using Xunit;

namespace AkiDb.OfflineSdk.Tests.Core;

/// <summary>Tests that change the process's environment; none runs beside another test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "process environment";

    /// <summary>Sets a variable until the result is disposed.</summary>
    internal static IDisposable With(string variable, string? value)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
        return new Restore(variable, before);
    }

    private sealed class Restore(string variable, string? value) : IDisposable
    {
        public void Dispose() => Environment.SetEnvironmentVariable(variable, value);
    }
}
