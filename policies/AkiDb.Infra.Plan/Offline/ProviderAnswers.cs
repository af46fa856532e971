using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Plan.Offline.Outputs;
using AkiDb.Infra.Plan.Schema;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>
/// Stands in for the providers: every output that a type has, the same for the same resource. What the program asked for comes
/// back as it was; ids, ARNs and addresses have the shapes that AWS gives them; the rest is made up from the schema.
/// </summary>
internal sealed class ProviderAnswers(string accountId)
{
    // Deep enough for every output that programs read; some types hold themselves.
    private const int SampleDepth = 4;

    private readonly ImmutableDictionary<string, PackageSchema> _packages = PackageSchema.LoadAll();
    private readonly ConcurrentDictionary<string, string> _providerRegions = new();

    /// <summary>Answers a registration or a read.</summary>
    /// <param name="type">Type token.</param>
    /// <param name="name">Name in the program.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="raw">The same as Pulumi gave them; they come back as state.</param>
    /// <param name="providerId">Id of the provider resource in charge, or null.</param>
    public (string Id, IDictionary<string, object> State) Answer(
        string type, string name, MapValue inputs, ImmutableDictionary<string, object>? raw, string? providerId)
    {
        var state = (raw ?? ImmutableDictionary<string, object>.Empty).ToDictionary(input => input.Key, input => input.Value);
        var region = (inputs.At("region") as TextValue)?.Value
            ?? (providerId is not null ? _providerRegions.GetValueOrDefault(providerId) : null)
            ?? "us-east-1";
        var request = new StandInRequest(type, name, inputs, region, accountId);
        if (type.StartsWith("pulumi:providers:", StringComparison.Ordinal))
        {
            var id = StandInText.Uuid(request.Seed);
            _providerRegions[id] = region;
            return (id, state);
        }

        var package = type.Split(':')[0];
        var answer = package switch
        {
            "aws" => AwsStandIns.Answer(request),
            "kubernetes" => new StandInAnswer(KubernetesId(request)),
            _ => new StandInAnswer(request.PhysicalName),
        };
        lock (_packages)
        {
            if (_packages.TryGetValue(package, out var schema) && schema.OutputsOf(type) is { } outputs)
                new OutputSample(schema, request.Seed, answer.Outputs).Complete(state, outputs);
        }

        return (answer.Id, state);
    }

    /// <summary>Answers a function.</summary>
    /// <exception cref="NotSupportedException">No stand-in is known for it.</exception>
    public IDictionary<string, object> Invoke(string token, MapValue args) => token switch
    {
        "aws:index/getCallerIdentity:getCallerIdentity" => new Dictionary<string, object>
        {
            ["accountId"] = accountId,
            ["arn"] = $"arn:aws:sts::{accountId}:assumed-role/akidb-deploy/offline",
            ["id"] = accountId,
            ["userId"] = "AROAOFFLINE:offline",
        },
        "aws:index/getPartition:getPartition" => new Dictionary<string, object>
        {
            ["partition"] = "aws",
            ["dnsSuffix"] = "amazonaws.com",
            ["reverseDnsPrefix"] = "com.amazonaws",
            ["id"] = "aws",
        },
        "aws:ec2/getManagedPrefixList:getManagedPrefixList" when (args.At("name") as TextValue)?.Value is { } name => new Dictionary<string, object>
        {
            ["name"] = name,
            ["id"] = $"pl-0{StandInText.Hex(name, 16)}",
            ["arn"] = $"arn:aws:ec2:us-east-1:aws:prefix-list/pl-0{StandInText.Hex(name, 16)}",
            ["addressFamily"] = "IPv4",
            ["ownerId"] = "AWS",
            ["entries"] = new List<object>(),
            ["maxEntries"] = 0d,
            ["version"] = 1d,
            ["tags"] = new Dictionary<string, object>(),
        },
        _ => throw new NotSupportedException(
            $"Function '{token}' has no offline answer ({args.Entries.Count} arguments); add one to {nameof(ProviderAnswers)} or take the value from the settings."),
    };

    private static string KubernetesId(StandInRequest request)
    {
        var name = request.Input("metadata.name") ?? request.Input("name") ?? $"{request.Name}-{StandInText.Hex(request.Seed, 8)}";
        return (request.Input("metadata.namespace") ?? request.Input("namespace")) is { } space ? $"{space}/{name}" : name;
    }

    /// <summary>Fills in the outputs of one resource.</summary>
    private sealed class OutputSample(PackageSchema schema, string seed, ImmutableDictionary<string, string> known)
    {
        public void Complete(Dictionary<string, object> state, ObjectSchema outputs)
        {
            foreach (var (name, type) in outputs.Properties)
            {
                if (!state.TryGetValue(name, out var given))
                    state[name] = Sample(name, type, 0)!;
                else if (given is IDictionary<string, object> or ImmutableDictionary<string, object> && type is PropertyType.Object)
                    state[name] = Merge(name, given, type);
            }

            foreach (var missing in state.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList())
                state.Remove(missing);
        }

        // A nested object that the program gave still lacks what only the provider knows, e.g. a VPC's id.
        private Dictionary<string, object> Merge(string path, object given, PropertyType type)
        {
            var merged = (Dictionary<string, object>?)Sample(path, type, 0) ?? [];
            foreach (var (key, value) in (IEnumerable<KeyValuePair<string, object>>)given)
                merged[key] = value;
            return merged;
        }

        private object? Sample(string path, PropertyType type, int depth)
        {
            if (known.TryGetValue(path, out var value))
                return value;
            return type switch
            {
                _ when depth > SampleDepth => null,
                PropertyType.Primitive { Kind: "string" } => $"{LastKey(path)}-{StandInText.Hex($"{seed}|{path}", 8)}",
                PropertyType.Primitive { Kind: "boolean" } => false,
                PropertyType.Primitive { Kind: "integer" or "number" } => 0d,
                PropertyType.Array list when Sample(PropertyPath.Append(path, 0), list.Items, depth + 1) is { } item =>
                    new List<object> { item },
                PropertyType.Map => new Dictionary<string, object>(),
                PropertyType.Object reference when schema.ObjectOf(reference.Token) is { } nested => SampleObject(path, nested, depth),
                PropertyType.Object reference when schema.EnumOf(reference.Token) is { Count: > 0 } values => values[0],
                PropertyType.OneOf union => Sample(path, union.Choices[0], depth),
                _ => null,
            };
        }

        private Dictionary<string, object> SampleObject(string path, ObjectSchema nested, int depth)
        {
            var sample = new Dictionary<string, object>();
            foreach (var (name, type) in nested.Properties)
            {
                if (Sample(PropertyPath.Append(path, name), type, depth + 1) is { } value)
                    sample[name] = value;
            }

            return sample;
        }

        private static string LastKey(string path) =>
            PropertyPath.Steps(path).LastOrDefault(step => step.Key is not null).Key?.ToString(CultureInfo.InvariantCulture) ?? "value";
    }
}
