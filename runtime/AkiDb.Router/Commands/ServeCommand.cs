using System.CommandLine;
using AkiDb.Contracts;
using AkiDb.Router.Configuration;
using AkiDb.Router.Hosting;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Router.Commands;

/// <summary><c>router serve</c>: runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var urls = new Option<string?>("--urls") { Description = "Where to listen, separated by ';', instead of what the configuration says." };
        var command = new Command("serve", "Run the router.") { config, urls };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetRequiredValue(config), arguments.GetValue(urls), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? urls, CancellationToken cancellationToken)
    {
        // Completions run where the socket became ready: a proxy only passes bytes on, and each hop between threads costs more than
        // that work. Read once by the runtime, before the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS",
            Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS") ?? "1");
        try
        {
            using var traces = TraceExport.Start(ServiceNames.Router, ServiceNames.Router);
            await using var app = RouterHost.Build(path, urls);
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (ConfigException e)
        {
            return ConfigOption.Report(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"router: {e.Message}");
            return 2;
        }
    }
}
