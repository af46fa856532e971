namespace AkiDb.Local.Traffic;

/// <summary>Made-up product descriptions and questions about them: real words, so that meaning can be searched.</summary>
internal static class Sentences
{
    private static readonly string[] Qualities =
        ["light", "waterproof", "wooden", "quiet", "cheap", "folding", "wireless", "red", "warm", "antique", "organic", "fast", "heavy duty", "silk", "portable", "stainless"];

    private static readonly string[] Things =
        ["tent", "kettle", "bookshelf", "keyboard", "jacket", "bicycle", "lamp", "piano", "camera", "blanket", "drill", "notebook", "fountain pen", "tea", "suitcase", "running shoe"];

    private static readonly string[] Uses =
        ["for a week in the mountains", "for a small kitchen", "for children", "for the office", "for long journeys", "for winter mornings", "for beginners", "for a garden in the rain"];

    /// <summary>How many different descriptions there are.</summary>
    public static int Count => Qualities.Length * Things.Length * Uses.Length;

    /// <summary>Description <paramref name="i"/>, 0 to <see cref="Count"/> − 1.</summary>
    public static string Description(int i) =>
        $"A {Qualities[i % Qualities.Length]} {Things[i / Qualities.Length % Things.Length]} {Uses[i / Qualities.Length / Things.Length]}";

    /// <summary>Something that a person might look for.</summary>
    public static string Question(Random random) =>
        $"{Qualities[random.Next(Qualities.Length)]} {Things[random.Next(Things.Length)]} {Uses[random.Next(Uses.Length)]}";
}
