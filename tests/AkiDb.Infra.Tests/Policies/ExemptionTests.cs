using AkiDb.Infra.Policies;
using AkiDb.Infra.Policies.Exempting;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies;

public sealed class ExemptionTests
{
    private const string File = """
        exemptions:
        - rule: kms-rotation
          resource: "vault-*"
          environments: [prod]
          reason: imported key material cannot rotate
          owner: platform
          expires: 2026-12-31
        """;

    private static readonly DateOnly Before = new(2026, 12, 31);
    private static readonly DateOnly After = new(2027, 1, 1);

    [Fact]
    public void Exemption_OnItsLastDay_TakesTheViolationOut()
    {
        var report = Check("vault-1", Before);

        report.Violations.Should().BeEmpty();
        report.Exempted.Should().ContainSingle().Which.Exemption.Owner.Should().Be("platform");
        report.IsBlocking.Should().BeFalse();
    }

    [Fact]
    public void Exemption_TheDayAfter_IsAViolationBesideTheOneItAllowed() =>
        Check("vault-1", After).Violations.Select(violation => violation.Rule.Name).Should().BeEquivalentTo("exemption-expired", "kms-rotation");

    [Fact]
    public void Exemption_OfAnotherResource_AllowsNothingAndIsAWarning()
    {
        var report = Check("other", Before);

        report.Violations.Should().ContainSingle();
        report.Warnings.Should().ContainSingle().Which.Should().Contain("line 2").And.Contain("vault-*");
    }

    [Fact]
    public void Exemption_InAnotherEnvironment_IsNeitherUsedNorUnused()
    {
        var report = Check("vault-1", Before, stack: "dev");

        report.Violations.Should().ContainSingle();
        report.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Exemption_FromARuleThatThereIsNoneOf_IsAWarning() =>
        Check("vault-1", Before, File.Replace("kms-rotation", "kms-rotatoin", StringComparison.Ordinal)).Warnings.Should().ContainSingle().Which.Should().Contain("kms-rotatoin");

    [Theory]
    [InlineData("reason: x", "'reason' is missing")]
    [InlineData("owner: platform", "'owner' is missing")]
    [InlineData("expires: 2026-12-31", "'expires' is missing")]
    public void Read_WithoutAKey_NamesItWithItsLine(string line, string expected) =>
        FluentActions.Invoking(() => ExemptionFile.Read(File.Replace("reason: imported key material cannot rotate", "reason: x", StringComparison.Ordinal).Replace(line, "", StringComparison.Ordinal), "exemptions.yaml"))
            .Should().Throw<FormatException>().WithMessage($"*line 2*{expected}*");

    [Theory]
    [InlineData("2026-12-31", "31.12.2026", "'expires' is '31.12.2026'")]
    [InlineData("owner:", "boss:", "unknown key 'boss'")]
    [InlineData("exemptions:", "exceptions:", "no list 'exemptions'")]
    public void Read_WrongContent_SaysWhatWouldBeRight(string old, string wrong, string expected) =>
        FluentActions.Invoking(() => ExemptionFile.Read(File.Replace(old, wrong, StringComparison.Ordinal), "exemptions.yaml")).Should().Throw<FormatException>().WithMessage($"*{expected}*");

    private static PolicyReport Check(string key, DateOnly today, string file = File, string stack = "prod") => PolicyCheck.Run(
        new PlanBuilder(stack).Has("aws:kms/key:Key", key, "enableKeyRotation: false").Build(), new PolicyContext(today), ExemptionFile.Read(file, "exemptions.yaml"));
}
