using System.Reflection;

namespace Pulumi;

/// <summary>The errors of a run, as an engine would show them.</summary>
internal sealed class ErrorLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _messages = [];

    public void Add(string message)
    {
        lock (_lock)
        {
            _messages.Add(message);
        }
    }

    public void Add(Exception error)
        => Add(error switch
        {
            RunException => error.Message,
            ResourceException { HideStack: true } => error.Message,
            ResourceException => error.ToString(),
            _ => $"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{error}",
        });

    /// <summary>What a test throws: nothing, the one error, or all of them.</summary>
    public Exception? ToException()
    {
        lock (_lock)
        {
            return _messages switch
            {
                [] => null,
                [var only] => new RunException(only),
                _ => new AggregateException(_messages.Select(message => new RunException(message))),
            };
        }
    }
}
