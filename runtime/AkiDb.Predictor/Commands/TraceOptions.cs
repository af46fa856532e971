using System.CommandLine;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Commands;

/// <summary>Options of the commands that read traces.</summary>
internal static class TraceOptions
{
    public static Option<string[]> Traces() => new("--trace")
    {
        Description = "CSV of timestamp,value, one line a minute; several times for several traces.",
        Required = true,
    };

    public static Option<TrafficUnit> Unit() => new("--unit")
    {
        Description = "What the values count. Default: perSecond.",
        DefaultValueFactory = _ => TrafficUnit.PerSecond,
    };

    /// <summary>Runs a command's work; bad input is one message and exit code 2.</summary>
    public static int Guarded(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TrafficFileException or InsufficientTrafficException
            or InvalidDataException or ModelPackageException)
        {
            Console.Error.WriteLine($"predictor: {e.Message}");
            return 2;
        }
    }
}
