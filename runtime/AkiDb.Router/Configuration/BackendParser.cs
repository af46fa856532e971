namespace AkiDb.Router.Configuration;

/// <summary>Reads the list of backends.</summary>
internal static class BackendParser
{
    private const string OriginRule = "http:// or https:// with host and port and no path";

    public static IReadOnlyList<BackendConfig> ReadAll(SettingsReader root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var backends = new List<BackendConfig>();
        foreach (var reader in root.Objects("backends"))
        {
            backends.Add(Read(reader, names));
            reader.RefuseUnknownKeys();
        }

        if (backends.Count is 0 or > 32)
        {
            root.Refuse("backends", backends.Count == 0 ? null : $"a list of {backends.Count}", "1 to 32 backends",
                "[{ \"name\": \"spot\", \"kind\": \"spot\", … }]");
        }

        return backends;
    }

    private static BackendConfig Read(SettingsReader reader, HashSet<string> names)
    {
        var name = reader.RequiredText("name", "letters, digits, '-', '_' and '.'", "spot-us-east-1", IsName);
        if (!names.Add(name))
        {
            reader.Refuse("name", $"\"{name}\"", "a name that no other backend has", $"\"{name}-2\"");
        }

        var kind = reader.Choice("kind", BackendKinds.ByName, BackendKind.OnDemand, required: true);
        var read = reader.Objects("addresses", "url").Select(ReadAddress).ToList();
        // What stands in for a refused address is no address of the file's.
        RefuseDuplicates(reader, read.Where(one => one.IsGood).Select(one => one.Address));
        var addresses = read.ConvertAll(one => one.Address);
        var kubernetes = ReadKubernetes(reader.Object("kubernetes"));
        if (addresses.Count == 0 == kubernetes is null)
        {
            reader.Refuse("addresses", kubernetes is not null ? "beside kubernetes" : reader.Has("addresses") ? "[]" : null, "either addresses or kubernetes",
                "[\"http://10.0.0.7:8080\"]");
        }

        var total = (double?)reader.Number("capacityRps", 0.001m, 1e9m, "requests per second (leave out where unlimited)", "600");
        var single = (double?)reader.Number("capacityPerAddressRps", 0.001m, 1e9m, "requests per second", "200");
        if (total is not null && single is not null)
        {
            reader.Refuse("capacityPerAddressRps", "beside capacityRps", "one of the two", "200");
        }

        return new BackendConfig
        {
            Name = name,
            Kind = kind,
            Region = reader.RequiredText("region", "an AWS region or the name of an edge site", "us-east-1"),
            CostPerMillionUsd = reader.RequiredNumber("costPerMillionUsd", 0, 1_000_000, "US dollars per million requests", "2.0"),
            CapacityRps = total,
            CapacityPerAddressRps = single,
            ExpectedComputeP95Ms = (double)reader.RequiredNumber("expectedComputeP95Ms", 0.01m, 600_000, "milliseconds", "4.5"),
            ExpectedNetworkP95Ms = (double)(reader.Number("expectedNetworkP95Ms", 0, 600_000, "milliseconds", "10") ?? 0),
            Addresses = addresses,
            Kubernetes = kubernetes,
            HttpVersion = reader.Integer("httpVersion", 1, 2, "HTTP version", 1),
            PreserveHost = reader.Flag("preserveHost", kind != BackendKind.Lambda),
            ActiveHealth = reader.Flag("activeHealth", kind != BackendKind.Lambda),
        };
    }

    private static (AddressConfig Address, bool IsGood) ReadAddress(SettingsReader reader)
    {
        var errors = reader.ErrorCount;
        var url = reader.RequiredText("url", OriginRule, "http://10.0.0.7:8080", AddressUrl.IsOrigin);
        var address = new AddressConfig(url.TrimEnd('/'), reader.Flag("draining", false));
        reader.RefuseUnknownKeys();
        return (address, reader.ErrorCount == errors);
    }

    private static void RefuseDuplicates(SettingsReader reader, IEnumerable<AddressConfig> addresses)
    {
        foreach (var twice in addresses.GroupBy(address => address.Url).Where(group => group.Count() > 1))
        {
            reader.Refuse("addresses", $"\"{twice.Key}\" twice", "each address once", "[\"http://10.0.0.7:8080\", \"http://10.0.0.8:8080\"]");
        }
    }

    private static KubernetesConfig? ReadKubernetes(SettingsReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var kubernetes = new KubernetesConfig(
            reader.RequiredText("service", "the name of a Service", Contracts.ServiceNames.SearchEngine),
            reader.Text("namespace", "a namespace", Contracts.ServiceNames.Namespace) ?? Contracts.ServiceNames.Namespace,
            reader.Text("capacityType", "spot or on-demand", "spot", text => text is "spot" or "on-demand"),
            reader.Integer("port", 1, 65_535, "port", Contracts.ServiceEndpoints.Port));
        reader.RefuseUnknownKeys();
        return kubernetes;
    }

    private static bool IsName(string text) => text.Length <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
