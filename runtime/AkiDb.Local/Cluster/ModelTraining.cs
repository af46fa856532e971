using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AkiDb.Local.Processes;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Cluster;

/// <summary>Trains the predictor's model on the weeks before the day, once; later runs of the same traffic find it.</summary>
internal static class ModelTraining
{
    private const int Days = 14;

    // One small network: the default of three takes minutes beside everything else.
    private static readonly string[] Size = ["--members", "1", "--units", "32", "--epochs", "12"];

    /// <summary>Makes sure that there is a model.</summary>
    /// <param name="settings">Traffic, day and folder.</param>
    /// <param name="folder">Gets the log.</param>
    /// <param name="shape">Traffic of the weeks before.</param>
    /// <param name="say">Told what happens, for people.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="LocalException">The training failed.</exception>
    public static async Task<string> RequireAsync(LocalSettings settings, RunFolder folder, DayShape shape, Action<string> say, CancellationToken cancellation)
    {
        var traffic = Trace(shape, settings.Start.Date);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join(' ', Size)}\n{traffic}")));
        var model = Path.Combine(settings.Folder, $"model-{hash[..12]}");
        if (Directory.Exists(model))
        {
            return model;
        }

        say($"training the predictor on {Days} days of traffic, once");
        var trace = folder.At("trace.csv");
        await File.WriteAllTextAsync(trace, traffic, cancellation);
        // Under another name until it is whole: a training that was ended must not be taken for a model.
        var made = $"{model}.new";
        await using var training = ChildProcess.Start("training", folder.Logs,
            [settings.Launcher, "predictor", "train", "--trace", trace, "--out", made, .. Size], folder.Environment);
        await training.WaitUntilDoneAsync(cancellation);
        Directory.Move(made, model);
        return model;
    }

    private static string Trace(DayShape shape, DateTime day)
    {
        var text = new StringBuilder("timestamp,value\n");
        var start = new DateTimeOffset(day, TimeSpan.Zero).AddDays(-Days);
        for (var minute = start; minute < start.AddDays(Days); minute = minute.AddMinutes(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"{minute:yyyy-MM-dd'T'HH:mm:ss'Z'},{shape.At(minute):0.####}\n");
        }

        return text.ToString();
    }
}
