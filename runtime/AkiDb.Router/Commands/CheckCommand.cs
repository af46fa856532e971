using System.CommandLine;
using System.Globalization;
using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Commands;

/// <summary><c>router check</c>: reads a configuration, reports every error or the order in which backends are tried.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var command = new Command("check", "Check a configuration and show the order of the backends.") { config };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(config), Console.Out));
        return command;
    }

    /// <summary>0 when the file is good, 2 when it is not.</summary>
    public static int Run(string path, TextWriter output)
    {
        try
        {
            var model = RouterModel.Build(ConfigParser.Parse(File.ReadAllText(path)), null, new RouterClock(TimeProvider.System).Now);
            output.WriteLine($"{path} is good. Backends, cheapest first:");
            foreach (var backend in model.Backends)
            {
                var config = backend.Config;
                var capacity = (config.CapacityRps ?? config.CapacityPerAddressRps)?.ToString("0.#", CultureInfo.InvariantCulture) ?? "unlimited";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {config.Name,-24} {config.CostPerMillionUsd,8:0.00} USD/million  P95 {config.ExpectedP95Ms,7:0.0} ms  capacity {capacity}"));
            }

            return 0;
        }
        catch (ConfigException e)
        {
            return ConfigOption.Report(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"router: {e.Message}");
            return 2;
        }
    }
}
