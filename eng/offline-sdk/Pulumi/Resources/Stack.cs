using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>The root of all resources. Derive from it, declare resources in the constructor, assign the outputs there.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    /// <summary>Registers the stack as <c>project-stack</c>.</summary>
    public Stack(StackOptions? options = null) : base(RootType, RootName(), ToComponentOptions(options))
        => Evaluation.Current.Stack = this;

    internal Output<IDictionary<string, object?>> StackOutputs { get; private set; }
        = Output.Create<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);

    /// <summary>Registers the properties marked with <see cref="OutputAttribute"/> as the stack's outputs.</summary>
    /// <exception cref="RunException">A property is null or is not an output.</exception>
    internal void RegisterPropertyOutputs()
    {
        var outputs = new Dictionary<string, object?>();
        foreach (var property in GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OutputAttribute>() is { } attribute
                && property.DeclaringType?.IsAssignableFrom(typeof(Stack)) != true)
            {
                outputs.Add(attribute.Name ?? property.Name, property.GetValue(this));
            }
        }

        var missing = outputs.Where(output => output.Value is null).Select(output => output.Key).ToList();
        if (missing.Count > 0)
        {
            throw new RunException($"Output(s) '{string.Join(", ", missing)}' have no value assigned. " +
                "[Output] attributed properties must be assigned inside Stack constructor.");
        }

        var wrong = outputs.Where(output => output.Value is not IOutput).Select(output => output.Key).ToList();
        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveWrongType(wrong);
        }

        StackOutputs = Output.Create<IDictionary<string, object?>>(outputs);
        RegisterOutputs(StackOutputs);
    }

    private static string RootName()
    {
        var evaluation = Evaluation.Current;
        return $"{evaluation.ProjectName}-{evaluation.StackName}";
    }

    private static ComponentResourceOptions? ToComponentOptions(StackOptions? options)
        => options is null ? null : new ComponentResourceOptions { ResourceTransformations = options.ResourceTransformations };
}
