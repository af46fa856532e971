using AkiDb.Router.Configuration;
using AkiDb.Router.Model;

namespace AkiDb.Runtime.Tests.Router;

public class AddressStateTests
{
    private static readonly HealthConfig Health = new();

    [Fact]
    public void RecordFailure_TwoInARow_TakesItOutForTenSeconds()
    {
        var address = new AddressState("http://a:1");

        address.RecordFailure(Health, 1_000).Should().BeFalse();
        address.IsReady.Should().BeTrue();
        address.RecordFailure(Health, 1_001).Should().BeTrue();

        address.IsReady.Should().BeFalse();
        address.TryBeginTrial(11_000).Should().BeFalse();
        address.TryBeginTrial(11_001).Should().BeTrue();
    }

    [Fact]
    public void RecordFailure_SuccessBetween_StartsTheCountOver()
    {
        var address = new AddressState("http://a:1");
        for (var i = 0; i < 4; i++)
        {
            address.RecordFailure(Health, i);
            address.RecordSuccess(5, i);
            address.RecordSuccess(5, i);
        }

        address.IsReady.Should().BeTrue();
    }

    [Fact]
    public void TryBeginTrial_ManyAsk_OneGetsIt()
    {
        var address = Ejected();

        Enumerable.Range(0, 50).Count(_ => address.TryBeginTrial(20_000)).Should().Be(1);
    }

    [Fact]
    public void Trial_Succeeds_BringsItBackSlowly()
    {
        var address = Ejected();
        address.TryBeginTrial(20_000).Should().BeTrue();

        address.RecordSuccess(5, 20_005).Should().BeTrue();

        address.IsReady.Should().BeTrue();
        address.Ramp(20_005, 10_000).Should().Be(0.1);
        address.Ramp(25_005, 10_000).Should().BeApproximately(0.5, 1e-9);
        address.Ramp(31_000, 10_000).Should().Be(1);
    }

    [Fact]
    public void Trial_Fails_DoublesTheTimeOut()
    {
        var address = Ejected();
        address.TryBeginTrial(20_000).Should().BeTrue();

        address.RecordFailure(Health, 20_010).Should().BeTrue();

        address.TrialDueAt.Should().Be(40_010);
    }

    [Fact]
    public void Trial_Abandoned_LetsTheNextOneTry()
    {
        var address = Ejected();
        address.TryBeginTrial(20_000);

        address.AbandonTrial();

        address.TryBeginTrial(20_001).Should().BeTrue();
    }

    [Fact]
    public void RecordSuccess_LateAnswerDuringTheEjection_DoesNotBringItBack()
    {
        var address = Ejected();

        address.RecordSuccess(5, 2_000).Should().BeFalse();

        address.IsReady.Should().BeFalse();
    }

    [Fact]
    public void RecordServerError_HalfOfTheAnswers_TakesItOut()
    {
        var address = new AddressState("http://a:1");
        for (var i = 0; i < 3; i++)
        {
            address.RecordSuccess(5, i);
        }

        address.RecordServerError(Health, 4);
        address.RecordServerError(Health, 5).Should().BeFalse("two of five are less than half");
        address.RecordServerError(Health, 6).Should().BeTrue("three of six are half");
    }

    [Fact]
    public void RecordServerError_RareAmongMany_KeepsItIn()
    {
        var address = new AddressState("http://a:1");
        for (var i = 0; i < 1_000; i++)
        {
            address.RecordSuccess(5, i);
            if (i % 10 == 0)
            {
                address.RecordServerError(Health, i);
            }
        }

        address.IsReady.Should().BeTrue();
    }

    [Fact]
    public void RecordServerError_LongHistoryOfSuccess_DoesNotHideAFault()
    {
        var address = new AddressState("http://a:1");
        for (var i = 0; i < 100_000; i++)
        {
            address.RecordSuccess(5, i);
        }

        // All of it in the present window: an address that fails at everything must not be kept by what it did a second ago.
        for (var i = 0; i < 4; i++)
        {
            address.RecordServerError(Health, 100_000 + i).Should().BeFalse();
        }

        address.RecordServerError(Health, 100_004).Should().BeTrue("five in a row, and nothing good between");
    }

    [Fact]
    public void RecordServerError_GoodAnswersBetween_IsNoRow()
    {
        var address = new AddressState("http://a:1");
        for (var i = 0; i < 1_000; i++)
        {
            address.RecordSuccess(5, i);
        }

        for (var i = 0; i < 100; i++)
        {
            address.RecordServerError(Health, 1_000 + i);
            if (i % 4 == 3)
            {
                address.RecordSuccess(5, 1_000 + i);
            }
        }

        address.IsReady.Should().BeTrue();
    }

    [Fact]
    public void RecordProbe_TwoFailures_TakesItOutAndOneSuccessBringsItBack()
    {
        var address = new AddressState("http://a:1");
        address.RecordProbe(succeeded: false, drains: false, 0);
        address.IsReady.Should().BeTrue();
        address.RecordProbe(succeeded: false, drains: false, 1);
        address.IsReady.Should().BeFalse();

        address.RecordProbe(succeeded: true, drains: false, 2);

        address.IsReady.Should().BeTrue();
        address.Ramp(2, 1_000).Should().Be(0.1);
    }

    [Fact]
    public void AnnounceDraining_ThenAHealthyProbe_TakesItBack()
    {
        var address = new AddressState("http://a:1");
        address.AnnounceDraining().Should().BeTrue();
        address.AnnounceDraining().Should().BeFalse();
        address.IsReady.Should().BeFalse();

        address.RecordProbe(succeeded: true, drains: false, 1);

        address.IsReady.Should().BeTrue();
    }

    private static AddressState Ejected()
    {
        var address = new AddressState("http://a:1");
        address.RecordFailure(Health, 1_000);
        address.RecordFailure(Health, 1_000);
        return address;
    }
}
