namespace AkiDb.Infra.Plan.Diff;

/// <summary>Which resource of one plan is which of another.</summary>
internal static class ResourcePairing
{
    /// <summary>Every resource of both plans once: in a pair, or alone.</summary>
    public static IEnumerable<(PlannedResource? Before, PlannedResource? After)> Pair(
        IReadOnlyCollection<PlannedResource> before, IReadOnlyCollection<PlannedResource> after, Correspondence correspondence)
    {
        var pairs = new List<(PlannedResource? Before, PlannedResource? After)>();
        // To the letter first: "dev-tools" of dev and prod are one thing, although "dev" is an environment's name.
        var (restBefore, restAfter) = Match(before, after, Key, Key, pairs);
        (restBefore, restAfter) = Match(
            restBefore,
            restAfter,
            resource => correspondence.General(Key(resource), Side.Before),
            resource => correspondence.General(Key(resource), Side.After),
            pairs);
        return pairs
            .Concat(restBefore.Select(resource => ((PlannedResource?)resource, (PlannedResource?)null)))
            .Concat(restAfter.Select(resource => ((PlannedResource?)null, (PlannedResource?)resource)));
    }

    // The URN without stack and project.
    private static string Key(PlannedResource resource) => $"{resource.Urn.QualifiedType}::{resource.Urn.Name}";

    // A key that comes several times (a broken program) is matched in order.
    private static (List<PlannedResource> Before, List<PlannedResource> After) Match(
        IReadOnlyCollection<PlannedResource> before,
        IReadOnlyCollection<PlannedResource> after,
        Func<PlannedResource, string> keyBefore,
        Func<PlannedResource, string> keyAfter,
        List<(PlannedResource? Before, PlannedResource? After)> pairs)
    {
        var waiting = before.GroupBy(keyBefore).ToDictionary(group => group.Key, group => new Queue<PlannedResource>(group));
        var rest = new List<PlannedResource>();
        foreach (var resource in after)
        {
            if (waiting.TryGetValue(keyAfter(resource), out var queue) && queue.TryDequeue(out var match))
                pairs.Add((match, resource));
            else
                rest.Add(resource);
        }

        return ([.. waiting.Values.SelectMany(queue => queue)], rest);
    }
}
