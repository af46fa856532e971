using System.Collections.Frozen;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Hosting;

namespace AkiDb.SearchEngine.Security;

/// <summary>The keys in force. The file is read again when it changes, so that keys can be given and taken without a restart.</summary>
internal sealed partial class KeyRing : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string? _path;
    private readonly bool _isBehindSignature;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyRing> _log;
    private volatile FrozenDictionary<string, ApiKey> _keys = FrozenDictionary<string, ApiKey>.Empty;
    private string _seen = "";

    /// <exception cref="SettingsException">The key file is wrong.</exception>
    public KeyRing(EngineSettings settings, TimeProvider time, ILogger<KeyRing> log)
    {
        (_path, _isBehindSignature, _time, _log) = (settings.KeysPath, settings.Role == EngineRole.Embed, time, log);
        if (_path is null)
        {
            return;
        }

        var keys = KeyFile.Read(_path, out var problems);
        if (problems.Count == 0 && keys.Count == 0)
        {
            // Later an empty list is how the last key is taken back; nobody starts a server that answers no one.
            problems.Add($"--keys '{_path}' has no keys; make one with 'akidb search key create'");
        }

        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }

        _seen = KeyFile.Content(_path);
        _keys = keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>Whose key a request carries; null where no keys are asked for.</summary>
    /// <exception cref="ProblemException">401 without a right key, 403 with one that does not allow this.</exception>
    public string? Check(HttpRequest request, KeyScopes needed)
    {
        if (_path is null || needed == KeyScopes.None)
        {
            return null;
        }

        if (TextOf(request) is not { } text || ApiKey.IdOf(text) is not { } id || !_keys.TryGetValue(id, out var key) || !key.IsRight(text))
        {
            throw new ProblemException(StatusCodes.Status401Unauthorized, "No valid API key",
                $"Send a key in 'Authorization: Bearer …' or in '{SearchHeaders.ApiKey}'.");
        }

        return (key.Scopes & needed) == needed
            ? key.Name
            : throw new ProblemException(StatusCodes.Status403Forbidden, "Not allowed",
                $"The key '{key.Name}' does not have the scope '{needed.ToString().ToLowerInvariant()}'.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_path is null || KeyFile.IsVariable(_path))
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(Interval, _time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(_path, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task LookAsync(string path, CancellationToken stoppingToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, stoppingToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being replaced, or its rights are being set; until a look finds it the keys before stay in force.
            return;
        }

        if (text == _seen)
        {
            return;
        }

        _seen = text;
        var keys = KeyFile.Read(path, out var problems);
        if (problems.Count > 0)
        {
            LogRefused(_log, path, string.Join("; ", problems));
            return;
        }

        _keys = keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
        LogApplied(_log, path, keys.Count);
    }

    // Only what embeds stands behind the edge's signature; to a writer or reader the header means nothing.
    private string? TextOf(HttpRequest request)
    {
        var authorization = (_isBehindSignature && request.Headers[SearchHeaders.ClientAuthorization] is { Count: > 0 } kept ? kept : request.Headers.Authorization).ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim()
            : request.Headers[SearchHeaders.ApiKey].ToString() is { Length: > 0 } key ? key
            : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Key file {Path} applied: {Keys} keys.")]
    private static partial void LogApplied(ILogger log, string path, int keys);

    [LoggerMessage(Level = LogLevel.Error, Message = "Key file {Path} is refused, the keys before stay in force: {Problems}")]
    private static partial void LogRefused(ILogger log, string path, string problems);
}
