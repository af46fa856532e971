namespace AkiDb.Infra.Plan.Schema;

/// <summary>An input that the provider would refuse.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Path">Where inside its inputs; empty for the resource as a whole.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Wanted">What would be right.</param>
public sealed record SchemaViolation(string Urn, string Path, string Found, string Wanted)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var urn = ResourceUrn.Parse(Urn);
        var where = Path.Length == 0 ? "" : $" {Path}";
        return $"{urn.Type} '{urn.Name}'{where}: found {Found}; want {Wanted}.";
    }
}
