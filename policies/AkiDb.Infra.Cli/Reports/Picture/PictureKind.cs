using System.Collections.Immutable;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>How resources of one type are drawn.</summary>
/// <param name="Title">What the thing is called.</param>
/// <param name="Group">Where it belongs.</param>
/// <param name="Shape">How it looks.</param>
/// <param name="Icon">Name of a symbol in <c>icons.svg</c>.</param>
internal sealed record PictureKind(string Title, PictureGroup Group, PictureShape Shape, string Icon)
{
    /// <summary>Inputs that name it best, the best first; without any its name in the program.</summary>
    public ImmutableArray<string> LabelPaths { get; init; } = [];

    /// <summary>Inputs worth a second line; see <see cref="PictureDetail"/>.</summary>
    public ImmutableArray<string> DetailPaths { get; init; } = [];

    /// <summary>Input that holds the name by which other resources' inputs call it; null where they use ids.</summary>
    public string? NamePath { get; init; }

    /// <summary>Types of what it stands in, innermost first; the nearest that it depends on is taken.</summary>
    public ImmutableArray<string> Inside { get; init; } = [];
}
