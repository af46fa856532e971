using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>A usage file or a what-if cannot be used; the message lists every problem, one a line.</summary>
public sealed class UsageException(string name, IEnumerable<string> problems) : Exception
{
    /// <summary>Every problem.</summary>
    public ImmutableArray<string> Problems { get; } = [.. problems];

    /// <inheritdoc/>
    public override string Message => $"{name} has {Problems.Length} problem{(Problems.Length == 1 ? "" : "s")}:\n  {string.Join("\n  ", Problems)}";
}
