namespace AkiDb.Forecasting.Traffic;

/// <summary>A trace file is not what <see cref="TrafficCsv"/> reads. Names every bad line, up to <see cref="MostErrors"/>.</summary>
public sealed class TrafficFileException : Exception
{
    /// <summary>More errors than this are only counted.</summary>
    public const int MostErrors = 10;

    /// <summary>Describes what is wrong with which lines.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="errors">One sentence each: line, what was found, what was wanted.</param>
    public TrafficFileException(string name, IReadOnlyList<string> errors)
        : base(Describe(name, errors)) => Errors = errors;

    /// <summary>All errors.</summary>
    public IReadOnlyList<string> Errors { get; }

    private static string Describe(string name, IReadOnlyList<string> errors)
    {
        var more = errors.Count > MostErrors ? $"\n  … and {errors.Count - MostErrors} more." : "";
        return $"Trace '{name}':\n  {string.Join("\n  ", errors.Take(MostErrors))}{more}";
    }
}
