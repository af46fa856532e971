namespace Pulumi;

/// <summary>A former identity of a resource: a URN, or the parts in which it differed.</summary>
public sealed class Alias
{
    /// <summary>The former URN; excludes every other property.</summary>
    public string? Urn { get; set; }

    /// <summary>The former name; null means the present one.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>The former type; null means the present one.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>The former stack; null means the present one.</summary>
    public Input<string>? Stack { get; set; }

    /// <summary>The former project; null means the present one.</summary>
    public Input<string>? Project { get; set; }

    /// <summary>The former parent. At most one of this, <see cref="ParentUrn"/> and <see cref="NoParent"/>.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The URN of the former parent.</summary>
    public Input<string>? ParentUrn { get; set; }

    /// <summary>Whether the resource had no parent.</summary>
    public bool NoParent { get; set; }

    /// <summary>The URN that the resource had.</summary>
    /// <exception cref="ArgumentException">Properties that exclude each other are set.</exception>
    internal Output<string> ToUrn(string presentName, string presentType, Resource? presentParent)
    {
        if (Urn is not null)
        {
            string?[] conflicts =
            [
                Name is null ? null : nameof(Name), Type is null ? null : nameof(Type),
                Project is null ? null : nameof(Project), Stack is null ? null : nameof(Stack),
                Parent is null ? null : nameof(Parent), ParentUrn is null ? null : nameof(ParentUrn),
                NoParent ? nameof(NoParent) : null,
            ];
            return Array.Find(conflicts, conflict => conflict is not null) is { } other
                ? throw new ArgumentException($"Alias should not specify both Urn and {other}")
                : Output.Create(Urn);
        }

        if ((Parent is null ? 0 : 1) + (ParentUrn is null ? 0 : 1) + (NoParent ? 1 : 0) > 1)
        {
            throw new ArgumentException("Only specify one of 'Parent', 'ParentUrn' or 'NoParent' in an Alias");
        }

        var parent = Parent ?? (ParentUrn is null && !NoParent ? presentParent : null);
        return Pulumi.Urn.Create(Name ?? presentName, Type ?? presentType, parent, ParentUrn, Project, Stack);
    }
}
