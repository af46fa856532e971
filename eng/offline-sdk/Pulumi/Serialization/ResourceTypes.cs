using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The resource classes of the program, found by their <see cref="ResourceTypeAttribute"/>.</summary>
internal static class ResourceTypes
{
    private static readonly Lazy<ImmutableDictionary<string, ImmutableArray<Type>>> Classes = new(Discover);

    /// <summary>An instance for a resource that is registered already; null if no class stands for its type.</summary>
    /// <param name="urn">The URN of the resource.</param>
    /// <param name="version">The provider's version that the reference wants; null or empty means any.</param>
    /// <exception cref="InvalidOperationException">The class does not have exactly one public constructor of three parameters.</exception>
    public static Resource? Construct(string urn, string? version)
    {
        var parts = urn.Split("::");
        var type = parts[2][(parts[2].LastIndexOf('$') + 1)..];
        if (Find(type, version) is not { } resourceClass)
        {
            return null;
        }

        var constructor = resourceClass.GetConstructors().Single(candidate => candidate.GetParameters().Length == 3);
        ResourceOptions options = typeof(CustomResource).IsAssignableFrom(resourceClass)
            ? new CustomResourceOptions { Urn = urn }
            : new ComponentResourceOptions { Urn = urn };
        return (Resource)constructor.Invoke([parts[3], null, options]);
    }

    private static Type? Find(string type, string? version)
    {
        if (!Classes.Value.TryGetValue(type, out var candidates))
        {
            return null;
        }

        var wanted = ParsedVersion(version);
        return candidates
            .Select(candidate => (Class: candidate, Version: ParsedVersion(VersionOf(candidate)) ?? wanted ?? new Version()))
            .Where(candidate => wanted is null || (candidate.Version >= wanted
                && (VersionOf(candidate.Class) is null || candidate.Version.Major == wanted.Major)))
            .OrderByDescending(candidate => candidate.Version)
            .Select(candidate => candidate.Class)
            .FirstOrDefault();
    }

    private static string? VersionOf(Type resourceClass) => resourceClass.GetCustomAttribute<ResourceTypeAttribute>()!.Version;

    /// <summary>The release part of a semantic version; prereleases do not matter offline, where there is one of each class.</summary>
    private static Version? ParsedVersion(string? text)
        => string.IsNullOrEmpty(text) ? null : Version.TryParse(text.TrimStart('v').Split('-', '+')[0], out var version) ? version : null;

    private static ImmutableDictionary<string, ImmutableArray<Type>> Discover()
    {
        var sdk = typeof(Resource).Assembly.GetName().Name!;
        var found =
            from assembly in ReachableAssemblies()
            where !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == sdk)
            from type in assembly.GetTypes()
            where typeof(Resource).IsAssignableFrom(type)
            let attribute = type.GetCustomAttribute<ResourceTypeAttribute>()
            where attribute is not null
            group type by attribute.Type;
        return found.ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>All assemblies that the program could use, loaded or not; the framework's cannot declare resources.</summary>
    private static IEnumerable<Assembly> ReachableAssemblies()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => MayReach(assembly.GetName())));
        while (waiting.TryDequeue(out var assembly))
        {
            if (seen.Add(assembly.FullName!))
            {
                yield return assembly;
                foreach (var reference in assembly.GetReferencedAssemblies().Where(MayReach))
                {
                    waiting.Enqueue(Assembly.Load(reference));
                }
            }
        }
    }

    private static bool MayReach(AssemblyName name)
        => !name.FullName.StartsWith("System", StringComparison.Ordinal);
}
