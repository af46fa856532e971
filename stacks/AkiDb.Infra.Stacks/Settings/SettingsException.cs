using System.Collections.Immutable;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>The configuration cannot be used; the message lists every problem, one a line.</summary>
public sealed class SettingsException(string environment, IEnumerable<SettingsProblem> problems) : Exception
{
    /// <summary>Every problem, in the order of the settings.</summary>
    public ImmutableArray<SettingsProblem> Problems { get; } = [.. problems];

    /// <inheritdoc/>
    public override string Message =>
        $"Pulumi.{environment}.yaml has {Problems.Length} problem{(Problems.Length == 1 ? "" : "s")}:\n"
        + string.Join('\n', Problems.Select(problem => $"  {problem}"));
}
