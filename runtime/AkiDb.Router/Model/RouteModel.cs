using AkiDb.Router.Configuration;

namespace AkiDb.Router.Model;

/// <summary>A route with what can be worked out once.</summary>
/// <param name="Config">Settings.</param>
/// <param name="Index">Place in <see cref="RouterModel.Routes"/>.</param>
public sealed record RouteModel(RouteConfig Config, int Index)
{
    /// <summary>What holds for requests below no configured path.</summary>
    public static readonly RouteConfig CatchAll = new() { Name = "other", Path = "" };

    /// <summary>True when <paramref name="path"/> is the route's path or below it.</summary>
    public bool Covers(string path) =>
        path.StartsWith(Config.Path, StringComparison.Ordinal)
        && (path.Length == Config.Path.Length || Config.Path.Length == 0 || path[Config.Path.Length] == '/');

    /// <summary>True when a request with <paramref name="method"/> may be sent twice.</summary>
    public bool MayRepeat(string method) =>
        Config.IsRepeatable || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method)
        || HttpMethods.IsDelete(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
