namespace Pulumi;

/// <summary>Options of a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>Providers for the resources in the component, at most one a package.</summary>
    public List<ProviderResource> Providers
    {
        get => field ??= [];
        set;
    }

    /// <summary>New options with what both set; the second wins, lists are joined. Null counts as empty.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = options1?.Copy() ?? new ComponentResourceOptions();
        if (options2 is not null)
        {
            merged.MergeShared(options2);
        }

        merged.Providers = LastOfEachPackage([.. merged.Providers, .. options2?.Providers ?? []]);
        return merged;
    }

    internal override ResourceOptions Clone() => Copy();

    private ComponentResourceOptions Copy() => CopySharedTo(new ComponentResourceOptions { Providers = [.. Providers] });

    private static List<ProviderResource> LastOfEachPackage(List<ProviderResource> providers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. providers.AsEnumerable().Reverse().Where(provider => taken.Add(provider.Package)).Reverse()];
    }
}
