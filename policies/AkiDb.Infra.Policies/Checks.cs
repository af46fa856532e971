using System.Globalization;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies;

/// <summary>What rules are written with: a place, a question about what stands there, and the fact wanted.</summary>
internal static class Checks
{
    /// <summary>Null where the input at <paramref name="path"/> passes <paramref name="test"/>, else the finding.</summary>
    public static Finding? Must(this PlannedResource resource, string path, Test test, string wanted)
    {
        var value = resource.Input(path);
        return resource.Must(test(value), path, ValueDescription.Of(value), wanted);
    }

    /// <summary>Null where <paramref name="holds"/>, else the finding.</summary>
    public static Finding? Must(this PlannedResource resource, Truth holds, string path, string found, string wanted) => holds switch
    {
        Truth.Yes => null,
        Truth.No => new Violation(resource, path, found, wanted),
        _ => new NotApplicableYet(resource, path),
    };

    /// <summary>Answers a question about an input.</summary>
    public static Truth Is(this PlannedResource resource, string path, Test test) => test(resource.Input(path));

    /// <summary>Paths of a list's elements. A list that is not known gives its own path, where every question answers
    /// "unknown"; a single object in the place of a list gives its own path too.</summary>
    public static IEnumerable<string> Items(this PlannedResource resource, string path) => resource.Input(path) switch
    {
        null or NullValue => [],
        ListValue list => Enumerable.Range(0, list.Items.Length).Select(index => PropertyPath.Append(path, index)),
        _ => [path],
    };

    /// <summary>Text at <paramref name="path"/>, or null where something else stands there.</summary>
    public static string? TextOr(this PlannedResource resource, string path) => resource.Input(path) is TextValue text ? text.Value : null;

    /// <summary>The known texts of a list at <paramref name="path"/>, or the one text; none where nothing stands there.</summary>
    public static IEnumerable<string> TextsAt(this PlannedResource resource, string path) => resource.Input(path) switch
    {
        TextValue text => [text.Value],
        ListValue list => list.Items.OfType<TextValue>().Select(text => text.Value),
        _ => [],
    };

    /// <summary>A number, or text that is one; null otherwise.</summary>
    public static double? AsNumber(this PlanValue? value) => value switch
    {
        NumberValue number => number.Value,
        TextValue text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
