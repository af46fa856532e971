using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;

namespace AkiDb.OfflineSdk.Tests.Core;

public sealed class Alpha : CustomResource
{
    public Alpha(string name, AlphaArgs? args = null, CustomResourceOptions? options = null)
        : base("demo:index:Alpha", name, args ?? new AlphaArgs(), options)
    {
    }

    [Output("v")]
    public Output<string> V { get; private set; } = null!;

    [Output("count")]
    public Output<int> Count { get; private set; } = null!;

    [Output("tags")]
    public Output<ImmutableDictionary<string, string>?> Tags { get; private set; } = null!;

    [Output("shape")]
    public Output<Shape?> Shape { get; private set; } = null!;
}

public sealed class AlphaArgs : ResourceArgs
{
    [Input("names")]
    private InputList<string>? _names;

    [Input("tags")]
    private InputMap<string>? _tags;

    [Input("v")]
    public Input<string>? V { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }

    [Input("ratio")]
    public Input<double>? Ratio { get; set; }

    [Input("color")]
    public Input<Color>? Color { get; set; }

    [Input("size")]
    public Input<Size>? Size { get; set; }

    [Input("any")]
    public Input<object>? Any { get; set; }

    [Input("json")]
    public InputJson? Json { get; set; }

    [Input("either")]
    public InputUnion<string, int>? Either { get; set; }

    [Input("file")]
    public Input<AssetOrArchive>? File { get; set; }

    [Input("other")]
    public Input<Resource>? Other { get; set; }

    [Input("nested", json: true)]
    public Input<NestedArgs>? Nested { get; set; }

    [Input("part")]
    public Input<NestedArgs>? Part { get; set; }

    public InputList<string> Names
    {
        get => _names ??= [];
        set => _names = value;
    }

    public InputMap<string> Tags
    {
        get => _tags ??= [];
        set => _tags = value;
    }
}

public sealed class NestedArgs : ResourceArgs
{
    [Input("key")]
    public Input<string>? Key { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }
}

public sealed class StrictArgs : ResourceArgs
{
    [Input("names", required: true)]
    private InputList<string>? _names;

    public InputList<string> Names
    {
        get => _names ??= [];
        set => _names = value;
    }
}

[OutputType]
public sealed class Shape
{
    public readonly string Name;
    public readonly int Corners;
    public readonly ImmutableArray<Shape> Parts;

    [OutputConstructor]
    private Shape(string name, int corners, ImmutableArray<Shape> parts)
    {
        Name = name;
        Corners = corners;
        Parts = parts;
    }
}

/// <summary>A number in the program and on the wire.</summary>
public enum Size
{
    Small = 1,
    Large = 2,
}

/// <summary>An enum of text, as generated packages have it.</summary>
[EnumType]
public readonly struct Color : IEquatable<Color>
{
    private readonly string _value;

    private Color(string value) => _value = value;

    public static Color Red { get; } = new("red");

    public static explicit operator string(Color value) => value._value;

    public bool Equals(Color other) => _value == other._value;

    public static bool operator ==(Color left, Color right) => left.Equals(right);

    public static bool operator !=(Color left, Color right) => !left.Equals(right);

    public override bool Equals(object? obj) => obj is Color other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Known by its type, so that references to it become instances of it.</summary>
[ResourceType("demo:index:Known", null)]
public sealed class Known : CustomResource
{
    public Known(string name, AlphaArgs? args, CustomResourceOptions? options) : base("demo:index:Known", name, args, options)
    {
    }

    [Output("v")]
    public Output<string> V { get; private set; } = null!;
}

/// <summary>Known by its type, but cannot be made without args.</summary>
[ResourceType("demo:index:Demanding", null)]
public sealed class Demanding : CustomResource
{
    public Demanding(string name, AlphaArgs args, CustomResourceOptions? options)
        : base("demo:index:Demanding", name, args.V is null ? null : args, options)
    {
    }
}

public sealed class DemoProvider(string name, ProviderArgs? args = null) : ProviderResource("demo", name, args ?? new ProviderArgs(), null);

public sealed class ProviderArgs : ResourceArgs
{
    [Input("n", json: true)]
    public Input<int>? N { get; set; }
}

public sealed class Pair : ComponentResource
{
    public Pair(string name, ComponentResourceOptions? options = null, AlphaArgs? args = null)
        : base("demo:comp:Pair", name, args, options)
    {
        First = new Alpha($"{name}-first", options: new CustomResourceOptions { Parent = this });
        Second = new Alpha($"{name}-second", options: new CustomResourceOptions { Parent = this });
        FirstId = First.Id;
        RegisterOutputs();
    }

    public Alpha First { get; }

    public Alpha Second { get; }

    [Output("firstId")]
    public Output<string> FirstId { get; private set; }
}

public sealed class LookupArgs : InvokeArgs
{
    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("count")]
    public int? Count { get; set; }
}

[OutputType]
public sealed class LookupResult
{
    public readonly string Id;
    public readonly double Price;

    [OutputConstructor]
    private LookupResult(string id, double price)
    {
        Id = id;
        Price = price;
    }
}

internal static class DemoJson
{
    public static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
