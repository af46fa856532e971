using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Something that a stack declares. Constructing one registers it.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool? _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;

    /// <summary>A resource that is not registered but only stands for one by its URN.</summary>
    private protected Resource(string type, string name)
    {
        _type = type;
        _name = name;
        Slots = OutputSlots.None;
    }

    private protected Resource(string type, string name, bool isCustom, ResourceArgs args, ResourceOptions options, bool isRemote)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _type = type;
        _name = name;
        var evaluation = Evaluation.Current;
        Slots = OutputSlots.Attach(this, includeComponentOutputs: options.Urn is not null || isRemote);

        var transformer = type == Stack.RootType ? null
            : options.Parent ?? (options.Urn is null ? evaluation.Stack : null);
        _transformations = transformer is null
            ? [.. options.ResourceTransformations]
            : [.. options.ResourceTransformations, .. transformer._transformations];
        (args, options) = Transform(args, options);

        // From here on the options are this resource's own: defaults from the parent are written into them.
        options = options.Clone();
        var component = options as ComponentResourceOptions;
        if (options.Provider is not null && component?.Providers.Count > 0)
        {
            throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
        }

        if (options.Parent is { } parent)
        {
            parent.AddChild(this, hasOwnRegistration: isCustom || isRemote);
            options.Protect ??= parent._protect;
            _providers = parent._providers;
        }

        if (!isCustom)
        {
            var own = options.Provider is null ? component?.Providers ?? [] : [options.Provider];
            _providers = _providers.SetItems(own.Select(provider => KeyValuePair.Create(provider.Package, provider)));
        }
        else if ((options as CustomResourceOptions)?.Provider is not { } provider)
        {
            options.Provider = options.Parent?.ProviderFor(type) ?? options.Provider;
        }
        else if (PackageOf(type) is { } package)
        {
            _providers = _providers.SetItem(package, provider);
        }

        _protect = options.Protect;
        foreach (var alias in options.Aliases)
        {
            // Nobody reads the URN offline, but an alias that contradicts itself is an error here as it is online.
            alias.ToOutput().Apply(former => former.ToUrn(name, type, options.Parent));
        }

        evaluation.Registrar.Start(this, args, options);
    }

    /// <summary>The resource's URN, known once it is registered.</summary>
    [Output(WireFormat.UrnProperty)]
    public Output<string> Urn { get; private protected set; } = null!;

    /// <summary>The outputs that the registration resolves.</summary>
    internal OutputSlots Slots { get; }

    /// <summary>The type, such as <c>aws:s3/bucket:Bucket</c>.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name that the program gave.</summary>
    public string GetResourceName() => _name;

    /// <summary>The provider that this resource or one above it sets for the package of a type or function token.</summary>
    internal ProviderResource? ProviderFor(string token)
        => PackageOf(token) is { } package ? _providers.GetValueOrDefault(package) : null;

    /// <summary>Notes a child, which may be a local component or something that a plugin registers; only components care.</summary>
    private protected virtual void AddChild(Resource child, bool hasOwnRegistration)
    {
    }

    private static string? PackageOf(string token)
        => token.Split(':') is [var package, _, _] ? package : null;

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is { } changed)
            {
                if (changed.Options.Parent != options.Parent)
                {
                    throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
                }

                (args, options) = (changed.Args, changed.Options);
            }
        }

        return (args, options);
    }
}
