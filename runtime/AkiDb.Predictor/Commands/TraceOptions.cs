using System.CommandLine;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Commands;

/// <summary>Options of the commands that read traces.</summary>
internal static class TraceOptions
{
    public static Option<string[]> Traces() => new Option<string[]>("--trace")
    {
        Description = "CSV of timestamp,value, one line a minute; several times for several traces.",
        Required = true,
    }.Filled("a file");

    public static Option<TrafficUnit> Unit() => new Option<TrafficUnit>("--unit")
    {
        Description = "What the values count. Default: perSecond.",
        DefaultValueFactory = _ => TrafficUnit.PerSecond,
    }.NameOf<Option<TrafficUnit>, TrafficUnit>();

    /// <summary>Runs a command's work beside the thread that waits for signals. Bad input is one message and exit code 2; work that a
    /// signal ended is one too, and 130.</summary>
    /// <param name="work">The work.</param>
    /// <param name="kept">What is kept of work that was ended; nothing where it is null.</param>
    public static async Task<int> GuardedAsync(Action work, Func<string>? kept = null)
    {
        try
        {
            await Task.Run(work);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"predictor: stopped; {kept?.Invoke() ?? "nothing is kept"}.");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TrafficFileException or InsufficientTrafficException
            or InvalidDataException or ModelPackageException)
        {
            await Console.Error.WriteLineAsync($"predictor: {e.Message}");
            return 2;
        }
    }
}
