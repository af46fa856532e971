using System.CommandLine;
using AkiDb.Router.Configuration;

namespace AkiDb.Router.Commands;

/// <summary>The option that every command has, and how a bad configuration is told.</summary>
internal static class ConfigOption
{
    public static Option<string> Create() => new("--config", "-c")
    {
        Description = "Configuration file, JSON or YAML (docs/router.md).",
        Required = true,
    };

    /// <summary>Writes every error; returns the exit code for bad input.</summary>
    public static int Report(string path, ConfigException e)
    {
        Console.Error.WriteLine($"router: {path} has {e.Errors.Count} {(e.Errors.Count == 1 ? "error" : "errors")}:");
        foreach (var error in e.Errors)
        {
            Console.Error.WriteLine($"  {error}");
        }

        return 2;
    }
}
