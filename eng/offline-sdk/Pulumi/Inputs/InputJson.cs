using System.Text.Json;

namespace Pulumi;

/// <summary>An input that is any JSON value.</summary>
public sealed class InputJson : Input<JsonElement>
{
    /// <summary>An undefined value, which is left out of the inputs.</summary>
    public InputJson() : this(Output.Create(default(JsonElement)))
    {
    }

    private InputJson(Output<JsonElement> output) : base(output)
    {
    }

    /// <summary>The value of JSON text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static implicit operator InputJson(string json) => JsonDocument.Parse(json);

    /// <summary>The root of a document, which must stay undisposed.</summary>
    public static implicit operator InputJson(JsonDocument document) => document.RootElement;

    /// <summary>The element.</summary>
    public static implicit operator InputJson(JsonElement element) => Output.Create(element);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static implicit operator InputJson(Output<string> json) => json.Apply(text => JsonDocument.Parse(text));

    /// <inheritdoc cref="op_Implicit(JsonDocument)"/>
    public static implicit operator InputJson(Output<JsonDocument> document) => document.Apply(present => present.RootElement);

    /// <inheritdoc cref="op_Implicit(JsonElement)"/>
    public static implicit operator InputJson(Output<JsonElement> element) => new(element);
}
