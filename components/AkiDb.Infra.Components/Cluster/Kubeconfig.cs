using System.Text.Json;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>How a client reaches a cluster: a kubeconfig that asks the AWS command for a token, so that no credential is stored.</summary>
internal static class Kubeconfig
{
    public static string Json(string clusterName, string region, string endpoint, string certificateAuthority)
    {
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = clusterName,
            ["clusters"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = clusterName,
                    ["cluster"] = new Dictionary<string, object> { ["server"] = endpoint, ["certificate-authority-data"] = certificateAuthority },
                },
            },
            ["contexts"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = clusterName,
                    ["context"] = new Dictionary<string, object> { ["cluster"] = clusterName, ["user"] = clusterName },
                },
            },
            ["users"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = clusterName,
                    ["user"] = new Dictionary<string, object>
                    {
                        ["exec"] = new Dictionary<string, object>
                        {
                            ["apiVersion"] = "client.authentication.k8s.io/v1beta1",
                            ["command"] = "aws",
                            ["args"] = new[] { "eks", "get-token", "--cluster-name", clusterName, "--region", region },
                            ["interactiveMode"] = "Never",
                        },
                    },
                },
            },
        });
    }
}
