using System.Text.Json;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>Grafana's data source for CloudWatch, as its provisioning file has it. Credentials are the pod's own.</summary>
internal static class CloudWatchSource
{
    /// <summary>Id that panels name it by.</summary>
    public const string Uid = "akidb-cloudwatch";

    public static string File(string region) => JsonSerializer.Serialize(new
    {
        apiVersion = 1,
        datasources = new[]
        {
            new { name = "CloudWatch", type = "cloudwatch", uid = Uid, access = "proxy", editable = false, jsonData = new { authType = "default", defaultRegion = region } },
        },
    }, JsonText.Indented);
}
