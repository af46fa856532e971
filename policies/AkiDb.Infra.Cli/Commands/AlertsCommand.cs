using System.CommandLine;
using System.Globalization;
using System.Text;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Observability.Dashboards;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb alerts</c>: what watches an environment, as files that promtool, amtool, Grafana and PagerDuty take.</summary>
internal static class AlertsCommand
{
    public static Command Create()
    {
        var environment = new Argument<string>("environment") { Description = "dev, staging, prod, or another that has a settings file" };
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder to write them to", Required = true };
        var command = new Command("alerts", "Write rules, Alertmanager's configuration, dashboards and PagerDuty's documents as files") { environment, output };
        command.SetAction(arguments =>
        {
            var settings = new PlanProvider(Repository.Find()).Settings(arguments.GetValue(environment)!).Alerting;
            var folder = arguments.GetValue(output)!;
            var files = Files(arguments.GetValue(environment)!, settings).ToList();
            foreach (var (path, content) in files)
                OutputFile.WriteBelow("--output", folder, path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));

            var (alerts, rules) = (AlertCatalogue.Alerts.Length, AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals).Sum(group => group.Rules.Length));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{files.Count} files in {folder.FullName}: {rules} rules ({alerts} alerts), {DashboardCatalogue.All.Length} dashboards, Alertmanager for '{settings.Notify.ToString().ToLowerInvariant()}'."));
            return ExitCode.Clean;
        });
        return command;
    }

    private static IEnumerable<(string Path, string Content)> Files(string environment, Stacks.Settings.AlertingSettings settings)
    {
        yield return ("rules.yaml", AlertCatalogue.File(AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals), settings.RunbooksUrl.ToString().TrimEnd('/')));
        yield return ("alertmanager.yaml", AlertmanagerConfiguration.For(settings.Notify, settings.Hours, settings.PagerDuty).File());
        foreach (var page in DashboardCatalogue.All)
            yield return ($"dashboards/{page.Uid}.json", page.File());
        yield return ("dashboards.html", DashboardPage.Of(DashboardCatalogue.All).ToString());
        if (settings.Notify != NotificationLevel.Pages)
            yield break;
        foreach (var (name, document) in OnCallDocuments.For($"akidb-{environment}", settings.OnCall))
            yield return ($"pagerduty/{name}", document);
    }
}
