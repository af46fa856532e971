namespace Pulumi;

/// <summary>
/// Messages to the engine. Offline there is nobody to read them: errors make the evaluation fail, the rest is discarded.
/// </summary>
public static class Log
{
    /// <summary>A message for whoever looks for a fault.</summary>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Discard(message, resource, streamId, ephemeral);

    /// <summary>A message for the user.</summary>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Discard(message, resource, streamId, ephemeral);

    /// <summary>A message that something may be wrong.</summary>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Discard(message, resource, streamId, ephemeral);

    /// <summary>A message that something is wrong; the program goes on, and fails at its end.</summary>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        Discard(message, resource, streamId, ephemeral);
        Evaluation.Current.Errors.Add(message);
    }

    /// <summary>Like <see cref="Error"/>, with the exception's text.</summary>
    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Error(exception.ToString(), resource, streamId, ephemeral);

    /// <summary>Outside of a run there is no engine to log to, which is an error as it is online.</summary>
    private static void Discard(string message, Resource? resource, int? streamId, bool? ephemeral)
        => _ = (Evaluation.Current, message, resource, streamId, ephemeral);
}
