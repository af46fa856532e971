using AkiDb.Infra.Cli.Environments;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class AlarmNoticeTests
{
    [Theory]
    [InlineData("dev", false)] // has no alarms of CloudWatch
    [InlineData("staging", true)]
    [InlineData("prod", false)] // has addresses
    public async Task Environments_WhoseAlarmsHaveNoAddress_AreToldInTheirPreview(string environment, bool isTold)
    {
        var plan = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(environment);

        plan.Notices.Count(notice => notice.Contains("CloudWatch's alarms tell nobody", StringComparison.Ordinal)).Should().Be(isTold ? 1 : 0);
        plan.OfType("aws:sns/topicSubscription:TopicSubscription").Any(subscription => subscription.Text("protocol") == "email").Should().Be(environment == "prod");
    }
}
