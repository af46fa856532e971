namespace Pulumi;

/// <summary>Options of a resource that a provider manages.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    /// <summary>Whether a replacement deletes the old resource first.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Outputs that are to be treated as secret; has no effect under mocks.</summary>
    public List<string> AdditionalSecretOutputs
    {
        get => field ??= [];
        set;
    }

    /// <summary>The provider's id of a cloud resource that the first deployment takes over.</summary>
    public string? ImportId { get; set; }

    /// <summary>New options with what both set; the second wins, lists are joined. Null counts as empty.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = options1?.Copy() ?? new CustomResourceOptions();
        if (options2 is not null)
        {
            merged.MergeShared(options2);
            merged.DeleteBeforeReplace = options2.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
            merged.ImportId = options2.ImportId ?? merged.ImportId;
            merged.AdditionalSecretOutputs.AddRange(options2.AdditionalSecretOutputs);
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Copy();

    private CustomResourceOptions Copy() => CopySharedTo(new CustomResourceOptions
    {
        DeleteBeforeReplace = DeleteBeforeReplace,
        ImportId = ImportId,
        AdditionalSecretOutputs = [.. AdditionalSecretOutputs],
    });
}
