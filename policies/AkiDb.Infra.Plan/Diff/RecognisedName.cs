namespace AkiDb.Infra.Plan.Diff;

/// <summary>Two names that mean the same thing in two environments.</summary>
/// <param name="What">What they name: <c>stack</c>, <c>account</c>, or <c>network NAME</c>.</param>
/// <param name="Before">The name in the earlier plan.</param>
/// <param name="After">The name in the later plan.</param>
public sealed record RecognisedName(string What, string Before, string After);
