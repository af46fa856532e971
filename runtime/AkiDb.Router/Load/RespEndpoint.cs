namespace AkiDb.Router.Load;

/// <summary>Where a Redis server is and how to log in.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="UsesTls">True for rediss://.</param>
/// <param name="User">ACL user; null for the default one.</param>
/// <param name="Password">Password; null for none.</param>
/// <param name="Database">Number of the database.</param>
public sealed record RespEndpoint(string Host, int Port, bool UsesTls, string? User, string? Password, int Database)
{
    private const int DefaultPort = 6379;

    /// <summary>From redis://user:password@host:port/database; a password given apart wins over the URL's.</summary>
    /// <exception cref="UriFormatException">The URL is not one.</exception>
    public static RespEndpoint Parse(string url, string? password)
    {
        var uri = new Uri(url);
        var login = uri.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(login[0]);
        return new RespEndpoint(
            uri.Host,
            uri.Port > 0 ? uri.Port : DefaultPort,
            uri.Scheme == "rediss",
            user.Length == 0 ? null : user,
            password ?? (login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null),
            int.TryParse(uri.AbsolutePath.Trim('/'), out var database) ? database : 0);
    }

    /// <summary>The commands that a new connection begins with.</summary>
    public IEnumerable<string[]> Greeting()
    {
        if (Password is not null)
        {
            yield return User is null ? ["AUTH", Password] : ["AUTH", User, Password];
        }

        if (Database != 0)
        {
            yield return ["SELECT", Database.ToString()];
        }
    }

    /// <summary>For logs: without the password.</summary>
    public override string ToString() => $"{(UsesTls ? "rediss" : "redis")}://{Host}:{Port}/{Database}";
}
