using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>Sees every resource of a stack as it is made; changes nothing.</summary>
internal sealed class ResourceRecorder
{
    private readonly Lock _gate = new();
    private readonly List<RecordedResource> _recorded = [];

    /// <summary>What was made so far, in order; the stack itself is first.</summary>
    public ImmutableArray<RecordedResource> Recorded
    {
        get
        {
            lock (_gate)
                return [.. _recorded];
        }
    }

    /// <summary>The transformation that goes on the stack.</summary>
    public ResourceTransformationResult? Record(ResourceTransformationArgs args)
    {
        lock (_gate)
            _recorded.Add(new RecordedResource(args.Resource, args.Args, args.Options));
        return null;
    }

    /// <summary>Required inputs that were not given, as sentences: Pulumi's own message names the argument class but not the
    /// resource.</summary>
    public async Task<IReadOnlyList<string>> MissingInputsAsync()
    {
        var missing = new List<string>();
        foreach (var recorded in Recorded)
        {
            var paths = await InputInspection.MissingAfterFailureAsync(recorded.Args, TimeSpan.FromMilliseconds(50));
            missing.AddRange(paths.Select(path => $"{recorded.Type} '{recorded.Name}' {path}: found nothing; it is required."));
        }

        return missing;
    }
}
