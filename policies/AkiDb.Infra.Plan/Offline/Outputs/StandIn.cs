using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Offline.Outputs;

/// <summary>A resource that a provider is asked to make, and where.</summary>
/// <param name="Type">Type token.</param>
/// <param name="Name">Name in the program.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Region">AWS region.</param>
/// <param name="AccountId">AWS account, 12 digits.</param>
internal sealed record StandInRequest(string Type, string Name, MapValue Inputs, string Region, string AccountId)
{
    /// <summary>What stand-in text is derived from: the same for the same resource in the same region.</summary>
    public string Seed => $"{Type}|{Name}|{Region}";

    /// <summary>The name it has in the cloud: the one it asks for, or the program's name and seven digits, as Pulumi adds them.</summary>
    public string PhysicalName =>
        Input("name") ?? Input("bucket") ?? $"{Name}-{StandInText.Hex(Seed, 7)}";

    /// <summary>An input's text, or null.</summary>
    public string? Input(string path) => (Inputs.At(path) as TextValue)?.Value;

    /// <summary>An ARN in this region and account.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{AccountId}:{resource}";
}

/// <summary>What the cloud would answer.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Outputs">Outputs that matter, by path; the rest is made up from the schema.</param>
internal sealed record StandInAnswer(string Id, ImmutableDictionary<string, string> Outputs)
{
    public StandInAnswer(string id, params (string Path, string Value)[] outputs)
        : this(id, outputs.ToImmutableDictionary(output => output.Path, output => output.Value))
    {
    }
}
