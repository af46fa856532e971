namespace Pulumi;

/// <summary>An error that belongs to a resource.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="resource">Whose error it is.</param>
/// <param name="hideStack">Whether the error is shown without its stack trace.</param>
public class ResourceException(string message, Resource? resource, bool hideStack = false) : Exception(message)
{
    internal Resource? Resource { get; } = resource;

    internal bool HideStack { get; } = hideStack;
}
