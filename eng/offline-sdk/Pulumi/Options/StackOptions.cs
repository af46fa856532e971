namespace Pulumi;

/// <summary>Options of the stack.</summary>
public class StackOptions
{
    /// <summary>Functions that may change args and options of every resource of the stack.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => field ??= [];
        set;
    }
}
