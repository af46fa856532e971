namespace AkiDb.SearchEngine.Hosting;

/// <summary>Settings with errors; all of them, each with what would be right.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
