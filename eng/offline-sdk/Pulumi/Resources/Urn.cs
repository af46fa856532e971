namespace Pulumi;

/// <summary>The identity of a resource: <c>urn:pulumi:stack::project::parent$type::name</c>.</summary>
public readonly struct Urn
{
    /// <summary>The URN of a resource with these parts.</summary>
    /// <param name="name">The name that the program gives.</param>
    /// <param name="type">The resource's type.</param>
    /// <param name="parent">The parent; excludes <paramref name="parentUrn"/>.</param>
    /// <param name="parentUrn">The parent's URN; null, like the parent, for a resource without one.</param>
    /// <param name="project">The project; null means the present one. Ignored when there is a parent.</param>
    /// <param name="stack">The stack; null means the present one. Ignored when there is a parent.</param>
    /// <exception cref="ArgumentException">Both the parent and its URN are given.</exception>
    public static Output<string> Create(
        Input<string> name, Input<string> type,
        Resource? parent = null, Input<string>? parentUrn = null,
        Input<string>? project = null, Input<string>? stack = null)
    {
        if (parent is not null && parentUrn is not null)
        {
            throw new ArgumentException("Only one of 'parent' and 'parentUrn' can be non-null.");
        }

        var above = parent?.Urn ?? parentUrn?.ToOutput();
        var prefix = above is null
            ? Output.Format($"urn:pulumi:{stack ?? Evaluation.Current.StackName}::{project ?? Evaluation.Current.ProjectName}::")
            : above.Apply(urn => urn[..urn.LastIndexOf("::", StringComparison.Ordinal)] + "$");
        return Output.Format($"{prefix}{type}::{name}");
    }
}
