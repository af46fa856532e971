namespace AkiDb.Infra.Cli;

/// <summary>What a command's exit code says; the same for every command.</summary>
internal static class ExitCode
{
    /// <summary>Nothing stands in the way.</summary>
    public const int Clean = 0;

    /// <summary>The input was good and something in it must not go through.</summary>
    public const int Findings = 1;

    /// <summary>The input could not be used: an unknown environment, a broken file, bad settings, wrong arguments.</summary>
    public const int BadInput = 2;
}
