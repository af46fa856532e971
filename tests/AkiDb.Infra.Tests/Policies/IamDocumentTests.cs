using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Tests.Policies;

public sealed class IamDocumentTests
{
    [Theory]
    [InlineData("iam:PassRole", "iam:passrole", true)]
    [InlineData("iam:*", "iam:PassRole", true)]
    [InlineData("*", "iam:PassRole", true)]
    [InlineData("iam:P*e", "iam:PassRole", true)]
    [InlineData("iam:P???Role", "iam:PassRole", true)]
    [InlineData("iam:Pass", "iam:PassRole", false)]
    [InlineData("iam:**Role", "iam:PassRole", true)]
    [InlineData("s3:*", "iam:PassRole", false)]
    [InlineData("*a*b*c*d*e*f*g*h", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Wildcard_PatternAgainstAction_IsReadAsIamReadsIt(string pattern, string action, bool covers) =>
        Wildcard.Matches(pattern, action, ignoreCase: true).Should().Be(covers);

    [Fact]
    public void Wildcard_AnyPatternMadeFromAText_CoversIt()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => "abc:"[random.Next(4)]));
            // Each character as it is, as ?, or swallowed by a star.
            var pattern = string.Concat(text.Select(letter => random.Next(4) switch { 0 => "?", 1 => "*", 2 => $"*{letter}", _ => $"{letter}" }));

            Wildcard.Matches(pattern, text, ignoreCase: false).Should().BeTrue($"'{pattern}' was made from '{text}'");
            if (!pattern.Contains('*', StringComparison.Ordinal))
                Wildcard.Matches(pattern, text + "#", ignoreCase: false).Should().BeFalse($"'{pattern}' has the length of '{text}'");
        }
    }

    [Fact]
    public void Read_OneStatementWithoutAList_IsRead() =>
        Read("""{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""").Statements.Should().ContainSingle().Which.Covers("s3:GetObject").Should().BeTrue();

    [Fact]
    public void Read_NotAction_CoversEverythingElse()
    {
        var statement = Read("""{"Statement":[{"Effect":"Allow","NotAction":["iam:*"],"Resource":"*"}]}""").Statements[0];

        statement.Covers("s3:GetObject").Should().BeTrue();
        statement.Covers("iam:PassRole").Should().BeFalse();
        statement.CoversEveryAction.Should().BeTrue();
    }

    [Fact]
    public void Read_ConditionOfStars_HoldsNothingBack()
    {
        Read("""{"Statement":[{"Effect":"Allow","Action":"a:b","Condition":{"StringLike":{"aws:SourceArn":"*"}}}]}""").Statements[0].IsConstrained.Should().BeFalse();
        Read("""{"Statement":[{"Effect":"Allow","Action":"a:b","Condition":{"StringLike":{"aws:SourceArn":"arn:*"}}}]}""").Statements[0].IsConstrained.Should().BeTrue();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"Statement\": 7}")]
    public void Read_NoDocument_AllowsNothing(string text) => Read(text).Statements.Should().BeEmpty();

    [Fact]
    public void Read_UnknownOrSecret_IsNotKnown()
    {
        IamDocument.Read(UnknownValue.Instance).Should().BeNull();
        IamDocument.Read(SecretValue.Instance).Should().BeNull();
    }

    private static IamDocument Read(string text) => IamDocument.Read(new TextValue(text))!;
}
