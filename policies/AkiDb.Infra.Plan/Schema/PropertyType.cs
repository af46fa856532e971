using System.Collections.Immutable;

namespace AkiDb.Infra.Plan.Schema;

/// <summary>What a property may hold, as a Pulumi package schema says it.</summary>
internal abstract record PropertyType
{
    private PropertyType()
    {
    }

    /// <summary>How an error names the type.</summary>
    public abstract string Title { get; }

    /// <summary>Text, boolean, whole number, number, or anything.</summary>
    public sealed record Primitive(string Kind) : PropertyType
    {
        public override string Title => Kind;
    }

    /// <summary>A list of one type.</summary>
    public sealed record Array(PropertyType Items) : PropertyType
    {
        public override string Title => $"list of {Items.Title}";
    }

    /// <summary>Free keys, values of one type.</summary>
    public sealed record Map(PropertyType Values) : PropertyType
    {
        public override string Title => $"map of {Values.Title}";
    }

    /// <summary>A named object type; resolved when it is met, since such types may hold themselves.</summary>
    public sealed record Object(string Token) : PropertyType
    {
        public override string Title => Token[(Token.LastIndexOf(':') + 1)..];
    }

    /// <summary>One of several types.</summary>
    public sealed record OneOf(ImmutableArray<PropertyType> Choices) : PropertyType
    {
        public override string Title => string.Join(" or ", Choices.Select(choice => choice.Title));
    }

    /// <summary>A file or archive.</summary>
    public sealed record Asset : PropertyType
    {
        public override string Title => "asset";
    }
}
