using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using AkiDb.Infra.Plan.Values;
using Pulumi;
using Pulumi.Utilities;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>
/// What the arguments of a resource say beyond their values: which resources they come from, which are secret, which are not
/// known, and which required ones are missing. The mocks show none of it.
/// </summary>
internal sealed class InputInspection
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<InputMember>> Members = new();
    private static readonly ConcurrentDictionary<Type, Func<InputInspection, object, string, Task>?> Walkers = new();

    private readonly HashSet<Resource> _dependencies = [];
    private readonly HashSet<string> _secret = [];
    private readonly HashSet<string> _unknown = [];
    private readonly List<string> _missing = [];

    private InputInspection()
    {
    }

    /// <summary>Resources whose outputs are used.</summary>
    public IReadOnlyCollection<Resource> Dependencies => _dependencies;

    /// <summary>Paths at which secrets stand.</summary>
    public IReadOnlySet<string> Secret => _secret;

    /// <summary>Top-level properties that hold an unknown anywhere.</summary>
    public IReadOnlySet<string> Unknown => _unknown;

    /// <summary>Inspects <paramref name="args"/>.</summary>
    public static async Task<InputInspection> InspectAsync(InputArgs args)
    {
        var inspection = new InputInspection();
        await inspection.WalkArgs(args, "");
        return inspection;
    }

    /// <summary>Required inputs that were not given, after a program has failed: outputs may never come now, or come as errors,
    /// so what cannot be seen within <paramref name="patience"/> is left out.</summary>
    public static async Task<IReadOnlyList<string>> MissingAfterFailureAsync(InputArgs args, TimeSpan patience)
    {
        var inspection = new InputInspection();
        var walk = inspection.WalkArgs(args, "");
        await Task.WhenAny(walk, Task.Delay(patience));
        // The failure itself is reported already; observed here so that it does not come up again.
        _ = walk.Exception;
        return [.. inspection._missing];
    }

    private async Task WalkArgs(InputArgs args, string path)
    {
        foreach (var member in Members.GetOrAdd(args.GetType(), InputMember.Of))
        {
            var at = PropertyPath.Append(path, member.Name);
            var value = member.Read(args);
            if (value is not null)
                await Walk(value, at);
            else if (member.IsRequired)
                _missing.Add(at);
        }
    }

    private async Task Walk(object? value, string path)
    {
        switch (value)
        {
            case null or string or Asset or Archive:
                break;
            case InputArgs args:
                await WalkArgs(args, path);
                break;
            case Resource resource:
                _dependencies.Add(resource);
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    await Walk(entry.Value, PropertyPath.Append(path, entry.Key.ToString()!));
                break;
            default:
                if (Walkers.GetOrAdd(value.GetType(), WalkerFor) is { } walker)
                    await walker(this, value, path);
                else if (value is IEnumerable list && !IsDefaultArray(value))
                    await WalkList(list, path);
                break;
        }
    }

    private async Task WalkList(IEnumerable list, string path)
    {
        var index = 0;
        foreach (var item in list)
            await Walk(item, PropertyPath.Append(path, index++));
    }

    private async Task WalkOutput<T>(Output<T> output, string path)
    {
        _dependencies.UnionWith(await OutputUtilities.GetDependenciesAsync(output));
        if (await Output.IsSecretAsync(output))
            _secret.Add(path);
        if (await OutputUtilities.GetIsKnownAsync(output))
            await Walk(await OutputUtilities.GetValueAsync(output), path);
        else
            _unknown.Add(PropertyPath.Steps(path).First().Key!);
    }

    // Bound by reflection, once a type: values are Input<T>, its descendants, Output<T> and Union<A, B> for any T.
    private static Func<InputInspection, object, string, Task>? WalkerFor(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (!candidate.IsGenericType)
                continue;
            var definition = candidate.GetGenericTypeDefinition();
            if (definition == typeof(Input<>))
                return Bind(nameof(InputWalker), candidate.GetGenericArguments());
            if (definition == typeof(Output<>))
                return Bind(nameof(OutputWalker), candidate.GetGenericArguments());
            if (definition == typeof(Union<,>))
                return Bind(nameof(UnionWalker), candidate.GetGenericArguments());
        }

        return null;
    }

    private static Func<InputInspection, object, string, Task> Bind(string method, Type[] arguments) =>
        typeof(InputInspection).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(arguments)
            .CreateDelegate<Func<InputInspection, object, string, Task>>();

    private static Task InputWalker<T>(InputInspection inspection, object input, string path) =>
        inspection.WalkOutput(((Input<T>)input).ToOutput(), path);

    private static Task OutputWalker<T>(InputInspection inspection, object output, string path) =>
        inspection.WalkOutput((Output<T>)output, path);

    private static Task UnionWalker<TLeft, TRight>(InputInspection inspection, object union, string path) =>
        inspection.Walk(((Union<TLeft, TRight>)union).Value, path);

    private static bool IsDefaultArray(object value) =>
        value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && (bool)type.GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(value)!;
}
