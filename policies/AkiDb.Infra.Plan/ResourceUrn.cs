namespace AkiDb.Infra.Plan;

/// <summary>
/// A resource's name in the engine: <c>urn:pulumi:STACK::PROJECT::PARENT_TYPES$TYPE::NAME</c>. The stack's own type stands
/// only in the stack's own URN, never in the chain of parent types (Pulumi 3.259).
/// </summary>
public sealed record ResourceUrn(string Stack, string Project, string QualifiedType, string Name)
{
    /// <summary>Type of the root of every stack.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    /// <summary>The resource's own type: the last of the chain.</summary>
    public string Type => QualifiedType[(QualifiedType.LastIndexOf('$') + 1)..];

    /// <summary>The URN of a child of this resource, or of a top-level resource where this is the stack.</summary>
    public ResourceUrn Child(string type, string name) =>
        this with { QualifiedType = QualifiedType == StackType ? type : $"{QualifiedType}${type}", Name = name };

    /// <summary>The root of a stack.</summary>
    public static ResourceUrn Root(string stack, string project) => new(stack, project, StackType, $"{project}-{stack}");

    /// <summary>Reads a URN.</summary>
    /// <exception cref="FormatException">The text is not a URN.</exception>
    public static ResourceUrn Parse(string urn)
    {
        // A name may itself hold "::", so only the first three separators count.
        var parts = urn.Split("::", 4);
        const string prefix = "urn:pulumi:";
        return parts.Length == 4 && parts[0].StartsWith(prefix, StringComparison.Ordinal)
            ? new ResourceUrn(parts[0][prefix.Length..], parts[1], parts[2], parts[3])
            : throw new FormatException($"'{urn}' is not a URN; want urn:pulumi:STACK::PROJECT::TYPE::NAME.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"urn:pulumi:{Stack}::{Project}::{QualifiedType}::{Name}";
}
