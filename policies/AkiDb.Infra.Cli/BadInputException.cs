namespace AkiDb.Infra.Cli;

/// <summary>What the user gave cannot be used. The message is for them: it names the thing, the value and what would be right.</summary>
internal sealed class BadInputException(string message) : Exception(message);
