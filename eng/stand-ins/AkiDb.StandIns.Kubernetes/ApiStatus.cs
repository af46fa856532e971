using System.Text.Json.Nodes;

namespace AkiDb.StandIns.Kubernetes;

/// <summary>A refusal, as the API tells it: an object of kind Status (k8s.io/apimachinery, metav1.Status).</summary>
internal sealed class ApiStatus(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public JsonObject ToJson() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = reason,
        ["code"] = code,
    };

    public static ApiStatus NotFound(ApiCall call) => new(404, "NotFound", $"{Qualified(call)} \"{call.Name}\" not found");

    public static ApiStatus Exists(ApiCall call, string name) => new(409, "AlreadyExists", $"{Qualified(call)} \"{name}\" already exists");

    public static ApiStatus Conflict(ApiCall call) => new(409, "Conflict",
        $"Operation cannot be fulfilled on {Qualified(call)} \"{call.Name}\": the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatus Invalid(ApiCall call, string what) => new(422, "Invalid", $"{Qualified(call)} \"{call.Name}\" is invalid: {what}");

    public static ApiStatus Forbidden(ApiCall call, string user) => new(403, "Forbidden",
        $"{Qualified(call)} \"{call.Name}\" is forbidden: User \"{user}\" cannot {call.Verb} resource \"{call.FullResource}\" in API group \"{call.Group}\" in the namespace \"{call.Namespace}\"");

    public static ApiStatus Expired(long version) => new(410, "Expired", $"too old resource version: {version}");

    private static string Qualified(ApiCall call) => call.Group.Length == 0 ? call.Resource : $"{call.Resource}.{call.Group}";
}
