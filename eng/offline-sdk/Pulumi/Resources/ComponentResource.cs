using System.Reflection;

namespace Pulumi;

/// <summary>A resource that only groups others.</summary>
public class ComponentResource : Resource
{
    private readonly RegistrationGroup _descendants = new();
    private readonly ComponentResource? _enclosing;

    /// <summary>Registers a component that has no inputs.</summary>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    /// <summary>Registers a component; the args become its inputs.</summary>
    /// <param name="type">The type, such as <c>akidb:network:RegionalNetwork</c>.</param>
    /// <param name="name">The name, unique among resources of the type.</param>
    /// <param name="args">The inputs; null means none.</param>
    /// <param name="options">The options; null means none.</param>
    /// <param name="remote">Whether a plugin makes the component's resources.</param>
    public ComponentResource(
        string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, isCustom: false, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote)
    {
        IsRemote = remote;
        _enclosing = options?.Parent as ComponentResource;
    }

    internal bool IsRemote { get; }

    /// <summary>Ends when everything that is in the component now, at any depth, is registered.</summary>
    internal Task WhenDescendantsRegisteredAsync() => _descendants.WhenAllAsync();

    /// <summary>Whether every resource that is in the component now, at any depth, has an id.</summary>
    internal Task<bool> AreDescendantsCreatedAsync() => _descendants.AllHaveIdsAsync();

    /// <summary>Says that the component is complete; its outputs are the properties marked with <see cref="OutputAttribute"/>.</summary>
    protected void RegisterOutputs()
    {
        var outputs = new Dictionary<string, object?>();
        foreach (var property in GetType().GetProperties())
        {
            if (property.Name != nameof(Urn) && property.GetCustomAttribute<OutputAttribute>() is { } attribute)
            {
                outputs.Add(string.IsNullOrWhiteSpace(attribute.Name) ? property.Name : attribute.Name, property.GetValue(this));
            }
        }

        RegisterOutputs(outputs);
    }

    /// <summary>Says that the component is complete and what its outputs are.</summary>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Task.FromResult(outputs));
    }

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Evaluation.Current.Registrar.StartOutputs(this, outputs);
    }

    private protected override void AddChild(Resource child, bool hasOwnRegistration)
    {
        if (!hasOwnRegistration)
        {
            return;
        }

        // A local component among the children has no registration of its own to wait for: what is in it comes here by itself.
        for (var component = this; component is not null; component = component._enclosing)
        {
            component._descendants.Add(child);
        }
    }
}
