using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies;

/// <summary>A question about a value; null stands for an input that is not set.</summary>
public delegate Truth Test(PlanValue? value);

/// <summary>The questions that rules ask. A value that is not known answers <see cref="Truth.Unknown"/> to every one of
/// them; a secret does so to all but <see cref="Present"/>, for its content is not in the plan.</summary>
internal static class Is
{
    /// <summary>Set to true.</summary>
    public static Test True { get; } = Known(value => value is BooleanValue { Value: true } or TextValue { Value: "true" });

    /// <summary>Not set to true.</summary>
    public static Test NotTrue { get; } = Not(True);

    /// <summary>Not set to false.</summary>
    public static Test NotFalse { get; } = Known(value => value is not (BooleanValue { Value: false } or TextValue { Value: "false" }));

    /// <summary>Set, and neither empty text, an empty list nor an empty object.</summary>
    public static Test Present { get; } = value => value switch
    {
        UnknownValue => Truth.Unknown,
        SecretValue => Truth.Yes,
        null or NullValue or TextValue { Value: "" } or ListValue { Items.Length: 0 } or MapValue { Entries.Count: 0 } => Truth.No,
        _ => Truth.Yes,
    };

    /// <summary>Not set.</summary>
    public static Test Absent { get; } = Not(Present);

    /// <summary>One of these texts.</summary>
    public static Test AnyOf(params string[] texts) => Text(text => texts.Contains(text, StringComparer.Ordinal));

    /// <summary>Text for which <paramref name="holds"/>.</summary>
    public static Test Text(Func<string, bool> holds) => Known(value => value is TextValue text && holds(text.Value));

    /// <summary>A number (or a number as text) that is at least <paramref name="least"/>.</summary>
    public static Test AtLeast(double least) => Known(value => value.AsNumber() >= least);

    /// <summary>A number (or a number as text) that is at most <paramref name="most"/>.</summary>
    public static Test AtMost(double most) => Known(value => value.AsNumber() <= most);

    /// <summary>A list that holds every one of <paramref name="texts"/>.</summary>
    public static Test ListWith(params string[] texts) => value => value switch
    {
        UnknownValue or SecretValue => Truth.Unknown,
        ListValue list => texts.Select(text => list.Items.Select(item => AnyOf(text)(item)).Any()).All(),
        _ => Truth.No,
    };

    /// <summary>A list of which every element passes <paramref name="test"/>; yes for one that is empty or not set.</summary>
    public static Test ListOf(Test test) => value => value switch
    {
        null or NullValue => Truth.Yes,
        ListValue list => list.Items.Select(item => test(item)).All(),
        _ => test(value),
    };

    /// <summary>Not set, or passes <paramref name="test"/>.</summary>
    public static Test AbsentOr(Test test) => value => Absent(value).Or(test(value));

    /// <summary>Does not pass <paramref name="test"/>.</summary>
    public static Test Not(Test test) => value => test(value).Not();

    private static Test Known(Func<PlanValue?, bool> holds) =>
        value => value is UnknownValue or SecretValue ? Truth.Unknown : TruthLogic.Of(holds(value));
}
