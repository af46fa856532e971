using AkiDb.Infra.Costs.Usage;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Costs;

internal static class UsageOf
{
    public static UsageProfile Values(params (string Key, string Value)[] values) =>
        UsageProfile.Of("test", values.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)), "test");

    public static UsageFile Shipped(string environment)
    {
        using var text = File.OpenText(RepositoryFolder.At("stacks", "AkiDb.Infra.Stacks", "usage", $"{environment}.yaml"));
        return UsageFile.Read(text, environment);
    }
}
