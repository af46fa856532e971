using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Prices;

/// <summary>The price files cannot be used; the message lists every fault, one a line.</summary>
public sealed class PriceBookException(IEnumerable<string> faults) : Exception
{
    /// <summary>Every fault, each with file and price.</summary>
    public ImmutableArray<string> Faults { get; } = [.. faults];

    /// <inheritdoc/>
    public override string Message => $"The price book has {Faults.Length} fault(s):\n  {string.Join("\n  ", Faults)}";
}
