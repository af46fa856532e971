using System.Text.RegularExpressions;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>The program could not be evaluated.</summary>
public sealed partial class EvaluationException : Exception
{
    private EvaluationException(string message)
        : base(message)
    {
    }

    internal EvaluationException(IReadOnlyList<string> missingInputs, Exception failure)
        : base(string.Join('\n', missingInputs.Concat(Causes(failure)).Distinct()), failure)
    {
    }

    internal static EvaluationException TimedOut(TimeSpan limit, IReadOnlyList<RecordedResource> pending) =>
        new($"The program did not end within {limit.TotalSeconds:0} s. "
            + (pending.Count == 0
                ? "Every resource was answered; something else in it waits."
                : $"Pending: {string.Join(", ", pending.Take(10).Select(resource => $"{resource.Type} '{resource.Name}'"))}"
                    + (pending.Count > 10 ? $" and {pending.Count - 10} more" : "")
                    + ". A resource that depends on its own parent component waits for ever."));

    // Pulumi wraps what a program throws in a text with the whole trace; the first line behind its heading is the message.
    private static IEnumerable<string> Causes(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => Causes(inner),
        _ => [Unwrapped(failure.Message)],
    };

    private static string Unwrapped(string message)
    {
        var heading = Heading().Match(message);
        if (!heading.Success)
            return message;
        var rest = message[(heading.Index + heading.Length)..].TrimStart();
        var lines = rest.Split('\n').TakeWhile(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        return ExceptionType().Replace(string.Join('\n', lines).TrimEnd(), "");
    }

    [GeneratedRegex("Running program '[^']*' failed with an unhandled exception:")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(System\.)?[A-Za-z.]*Exception: ")]
    private static partial Regex ExceptionType();
}
