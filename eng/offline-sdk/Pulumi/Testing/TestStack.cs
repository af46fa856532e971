namespace Pulumi.Testing;

/// <summary>A stack whose program is a function.</summary>
internal sealed class TestStack : Stack
{
    public TestStack(Func<IDictionary<string, object?>> program) => Outputs = program();

    /// <summary>What the function returned.</summary>
    public IDictionary<string, object?> Outputs { get; }
}
