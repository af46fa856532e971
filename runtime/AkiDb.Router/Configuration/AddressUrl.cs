namespace AkiDb.Router.Configuration;

/// <summary>Rules for the URLs in a configuration.</summary>
internal static class AddressUrl
{
    /// <summary>True for scheme, host and port with neither path, query nor user.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.PathAndQuery is "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
}
