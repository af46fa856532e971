using System.Text.Json;
using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.Infra.Tests.Observability;

public sealed class OnCallDocumentTests
{
    private static readonly OnCallRota Rota = new() { Asia = ["PASIA01"], Europe = ["PEURO01", "PEURO02"], Americas = ["PAMER01"] };

    [Fact]
    public void Schedule_EveryHourOfTheDay_IsSomebodys()
    {
        var layers = Document("1-schedule.json").GetProperty("schedule").GetProperty("schedule_layers").EnumerateArray().ToList();
        var hours = layers.SelectMany(layer => layer.GetProperty("restrictions").EnumerateArray()).SelectMany(restriction =>
        {
            var start = int.Parse(restriction.GetProperty("start_time_of_day").GetString()![..2], System.Globalization.CultureInfo.InvariantCulture);
            return Enumerable.Range(start, restriction.GetProperty("duration_seconds").GetInt32() / 3600);
        });

        hours.Should().BeEquivalentTo(Enumerable.Range(0, 24), "each hour once");
        layers.Should().OnlyContain(layer => layer.GetProperty("rotation_turn_length_seconds").GetInt32() == 7 * 24 * 3600);
    }

    [Fact]
    public void Escalation_NobodyAnswers_RingsEverybodyWithinTheFiveMinutesOfTheBar()
    {
        var policy = Document("2-escalation-policy.json").GetProperty("escalation_policy");
        var rules = policy.GetProperty("escalation_rules").EnumerateArray().ToList();

        rules[0].GetProperty("escalation_delay_in_minutes").GetInt32().Should().BeLessThanOrEqualTo(5);
        rules[0].GetProperty("targets")[0].GetProperty("type").GetString().Should().Be("schedule_reference");
        rules[1].GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("id").GetString()).Should().BeEquivalentTo("PASIA01", "PEURO01", "PEURO02", "PAMER01");
    }

    [Theory]
    [InlineData("3-service-p0.json", "high")]
    [InlineData("4-service-p1.json", "high")]
    [InlineData("5-service-tickets.json", "low")]
    public void Service_OfASeverity_HasItsUrgency(string file, string urgency)
    {
        var service = Document(file).GetProperty("service");

        service.GetProperty("incident_urgency_rule").GetProperty("urgency").GetString().Should().Be(urgency);
        service.GetProperty("auto_resolve_timeout").GetInt32().Should().Be(14_400);
    }

    [Fact]
    public void Documents_HoldNoKeyAndNoToken() =>
        OnCallDocuments.For("akidb-prod", Rota).Values.Should().NotContain(text => text.Contains("routing_key", StringComparison.Ordinal) || text.Contains("token", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Documents_APartOfTheDayWithoutAnybody_IsRefusedByName()
    {
        var write = () => OnCallDocuments.For("akidb-prod", Rota with { Europe = [] });

        write.Should().Throw<ArgumentException>().WithMessage("*nobody is on call in 'europe'*one PagerDuty user or more*");
    }

    private static JsonElement Document(string name) => JsonDocument.Parse(OnCallDocuments.For("akidb-prod", Rota)[name]).RootElement;
}
