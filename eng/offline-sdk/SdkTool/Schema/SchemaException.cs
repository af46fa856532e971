namespace AkiDb.SdkTool.Schema;

/// <summary>A slice or what was recorded beside it cannot be used; the message names the type, the property and the cure.</summary>
public sealed class SchemaException(string message) : Exception(message);
