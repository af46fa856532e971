using System.Globalization;
using Spectre.Console;

namespace AkiDb.Local.Scoreboard;

/// <summary>A report as tables for people.</summary>
internal static class ReportTable
{
    private const int Width = 120;

    public static string Of(RunReport report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Width;
        console.Write(Table(["requests", "sent", "failed", "P50 ms", "P95 ms", "P99 ms"],
            report.Kinds.Select(kind => new[] { kind.Kind, $"{kind.Requests:N0}", $"{kind.Failed:N0}", Number(kind.P50Ms), Number(kind.P95Ms), Number(kind.P99Ms) })));
        console.Write(Table(["scaling", "replica-hours of the day", "minutes above target", "saturated minutes", "changes"],
            report.Scaling.Select(scaling => new[] { scaling.Policy, Number(scaling.ReplicaHours), $"{scaling.MinutesAboveTarget}", $"{scaling.SaturatedMinutes}", $"{scaling.Changes}" })));
        console.Write(Table(["backend", "requests", "share", "$ per million", "spent"],
            report.Backends.Select(backend => new[] { backend.Name, $"{backend.Requests:N0}", $"{backend.Share:P1}", $"{backend.CostPerMillionUsd:0.00}", $"${backend.SpentUsd:0.000000}" })));
        var saved = report.UniformUsd == 0 ? 0 : 1 - (report.SpentUsd / report.UniformUsd);
        text.Write(string.Create(CultureInfo.InvariantCulture,
            $"${report.SpentUsd:0.000000} spent, ${report.UniformUsd:0.000000} if spread evenly: {saved:P1} saved. {report.Seconds:0} s of traffic, {report.Seconds * report.Speed / 3600:0.0} hours of the day."));
        return text.ToString();
    }

    private static Table Table(string[] heads, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < heads.Length; i++)
        {
            table.AddColumn(i == 0 ? new TableColumn(heads[i]) : new TableColumn(heads[i]).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(row);
        }

        return table;
    }

    private static string Number(double? value) => value is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
