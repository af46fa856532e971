using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Prices;

/// <summary>Every price that an estimate may use. A price that is not in it is unknown, which is never the same as free.</summary>
public sealed class PriceBook
{
    private static readonly Lazy<PriceBook> Loaded = new(LoadEmbedded);

    private readonly ImmutableDictionary<(string Id, string Region), Price> _prices;
    private readonly ImmutableDictionary<string, Allowance> _allowances;

    internal PriceBook(IEnumerable<Price> prices, IEnumerable<Allowance> allowances)
    {
        _prices = prices.ToImmutableDictionary(price => (price.Id, price.Region));
        _allowances = allowances.ToImmutableDictionary(allowance => allowance.Id);
    }

    /// <summary>The book that comes with the program; read and checked once.</summary>
    /// <exception cref="PriceBookException">A price file is broken.</exception>
    public static PriceBook Default => Loaded.Value;

    /// <summary>All prices, by id and region.</summary>
    public IEnumerable<Price> Prices => _prices.Values
        .OrderBy(price => price.Id, StringComparer.Ordinal).ThenBy(price => price.Region, StringComparer.Ordinal);

    /// <summary>All allowances, by id.</summary>
    public IEnumerable<Allowance> Allowances => _allowances.Values.OrderBy(allowance => allowance.Id, StringComparer.Ordinal);

    /// <summary>Reads price files.</summary>
    /// <param name="files">Name and content; the name is what faults call the file.</param>
    /// <exception cref="PriceBookException">They cannot be used; it lists every fault.</exception>
    public static PriceBook Load(IEnumerable<(string Name, Stream Content)> files)
    {
        var reader = new PriceBookReader();
        foreach (var (name, content) in files)
            reader.Read(name, content);
        return reader.ToBook();
    }

    /// <summary>The price of a thing in a region (else everywhere), or null where it is not known.</summary>
    public Price? Find(string id, string? region) =>
        (region is not null && _prices.TryGetValue((id, region), out var regional)) || _prices.TryGetValue((id, Price.Global), out regional)
            ? regional
            : null;

    /// <summary>An allowance by its id.</summary>
    public Allowance AllowanceOf(string id) => _allowances[id];

    /// <summary>The same book without one price: what a test of missing prices needs.</summary>
    public PriceBook Without(string id, string? region = null) =>
        new(_prices.Values.Where(price => price.Id != id || (region is not null && price.Region != region)), _allowances.Values);

    /// <summary>The same book with fresher prices in the place of older ones.</summary>
    public PriceBook With(IEnumerable<Price> fresher)
    {
        var prices = _prices;
        foreach (var price in fresher)
            prices = prices.SetItem((price.Id, price.Region), price);
        return new PriceBook(prices.Values, _allowances.Values);
    }

    private static PriceBook LoadEmbedded()
    {
        var assembly = typeof(PriceBook).Assembly;
        return Load(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("prices.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (name["prices.".Length..], assembly.GetManifestResourceStream(name)!)));
    }
}
