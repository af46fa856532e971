namespace AkiDb.Infra.Components.Edge;

/// <summary>From which edge locations CloudFront serves; <see cref="PriceClassFacts"/> says what each means.</summary>
public enum PriceClass
{
    /// <summary>North America, Europe and Israel.</summary>
    Class100,

    /// <summary>Also Asia, the Middle East and Africa.</summary>
    Class200,

    /// <summary>Every location.</summary>
    All,
}
