namespace Pulumi.Testing;

/// <summary>What a program sees of its deployment when it runs under mocks.</summary>
public class TestOptions
{
    /// <summary>The project; null means <c>project</c>.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack; null means <c>stack</c>.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether this is a preview, in which missing outputs are unknown; null means true.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organization; null means <c>organization</c>.</summary>
    public string? OrganizationName { get; set; }
}
