using System.Collections.Immutable;

namespace AkiDb.Infra.Components;

/// <summary>
/// Refuses a component argument that cannot work, before anything is registered. The message names component, argument,
/// value and what is allowed.
/// </summary>
internal static class ComponentArgument
{
    /// <summary>Refuses a number outside <paramref name="least"/> to <paramref name="most"/>, both allowed.</summary>
    public static void InRange<T>(string component, string argument, T value, T least, T most)
        where T : IComparable<T> =>
        Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, component, argument, value, $"{least} to {most}");

    /// <summary>Refuses a value that is not one of <paramref name="allowed"/>.</summary>
    public static void OneOf<T>(string component, string argument, T value, ImmutableArray<T> allowed) =>
        Require(allowed.Contains(value), component, argument, value, $"one of {string.Join(", ", allowed)}");

    /// <summary>Refuses <paramref name="value"/> unless <paramref name="holds"/>.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void Require(bool holds, string component, string argument, object? value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"{component}: {argument} is '{value ?? "nothing"}'; allowed: {allowed}.", argument);
    }
}
