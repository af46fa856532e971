using AkiDb.Infra.Components.Observability.Rules;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>Every alert has a page that says what to do.</summary>
public sealed class RunbookTests
{
    private static readonly string Folder = RepositoryFolder.At("docs", "runbooks");

    public static TheoryData<string> Alerts => [.. AlertCatalogue.Alerts.Select(alert => alert.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Alert_HasARunbookThatSaysWhatToLookAtAndWhatToDo(string alert)
    {
        var path = Path.Combine(Folder, $"{alert}.md");
        File.Exists(path).Should().BeTrue($"{alert} links to docs/runbooks/{alert}.md");
        var text = File.ReadAllText(path);

        text.Should().StartWith($"# {alert}\n");
        foreach (var part in new[] { "**Means**", "**Look**", "**Do**", "**Over when**" })
            text.Should().Contain(part, $"{alert}.md has its four parts");
        var severities = AlertCatalogue.Alerts.Where(rule => rule.Name == alert).Select(rule => rule.Severity.ToString()).Distinct().Single();
        text.Should().Contain($"Severity {severities}.", "the page and the rule agree");
        File.ReadAllText(Path.Combine(Folder, "README.md")).Should().Contain($"({alert}.md)", "the index has it");
    }

    [Fact]
    public void Runbooks_OfAlertsThatAreGone_AreGoneToo() => Directory.EnumerateFiles(Folder, "*.md").Select(Path.GetFileNameWithoutExtension)
        .Except(["README", .. AlertCatalogue.Alerts.Select(alert => alert.Name)]).Where(name => char.IsUpper(name![0])).Should().BeEmpty();

    [Fact]
    public void Alerts_TextsForPeople_AreWholeSentencesOfASaneLength()
    {
        foreach (var alert in AlertCatalogue.Alerts)
        {
            alert.Summary.Length.Should().BeInRange(15, 140, $"{alert.Name}'s summary is one line of a telephone");
            alert.Description.Should().EndWith(".", alert.Name);
            alert.Name.Should().MatchRegex("^[A-Z][A-Za-z0-9]+$");
        }
    }
}
