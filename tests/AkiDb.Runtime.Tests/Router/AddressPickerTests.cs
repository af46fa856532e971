using AkiDb.Router.Model;

namespace AkiDb.Runtime.Tests.Router;

public class AddressPickerTests
{
    private readonly RouterFixtures _router = new();

    [Fact]
    public void Pick_OneIsBusy_PrefersTheOther()
    {
        var addresses = Jetson.Addresses;
        foreach (var busy in addresses.Skip(1))
        {
            busy.RecordSuccess(5, 0);
            for (var i = 0; i < 10; i++)
            {
                busy.Enter();
            }
        }

        addresses[0].RecordSuccess(5, 0);
        var picks = Enumerable.Range(0, 2_000).Count(_ => Pick() == addresses[0]);

        // It is in two of five draws of two, and wins each.
        picks.Should().BeInRange(700, 900);
    }

    [Fact]
    public void Pick_OneIsSlow_GivesItLess()
    {
        var addresses = Jetson.Addresses;
        foreach (var address in addresses)
        {
            address.RecordSuccess(address == addresses[0] ? 50 : 5, 0);
        }

        Enumerable.Range(0, 1_000).Count(_ => Pick() == addresses[0]).Should().Be(0, "it loses against every idle fast one");
    }

    [Fact]
    public void Pick_ManyDraws_NeverTheOneToAvoidNorAnUnreadyOne()
    {
        var addresses = Jetson.Addresses;
        addresses[1].SetDraining(true);
        Jetson.RefreshReady(_router[RouterFixtures.Jetson].Config, _router.Model.Config.Health, _router.Clock.Now);

        for (var i = 0; i < 2_000; i++)
        {
            Pick(avoid: addresses[0]).Should().NotBe(addresses[0]).And.NotBe(addresses[1]);
        }
    }

    [Fact]
    public void Pick_TrialDue_GivesItToARequestThatCanBeRepeated()
    {
        _router.EjectAll(RouterFixtures.Jetson);
        _router.Time.Advance(TimeSpan.FromSeconds(10.1));

        Pick(mayTry: false, out _);
        Pick(mayTry: true, out var isTrial);

        isTrial.Should().BeTrue();
    }

    [Fact]
    public void Pick_TrialLongOverdue_GivesItToAnyRequest()
    {
        _router.EjectAll(RouterFixtures.Jetson);
        _router.Time.Advance(TimeSpan.FromSeconds(20.1));

        Pick(mayTry: false, out var isTrial);

        isTrial.Should().BeTrue();
    }

    private BackendState Jetson => _router[RouterFixtures.Jetson].State;

    private AddressState? Pick(AddressState? avoid = null) =>
        _router.Routing.Picker.Pick(Jetson, avoid, mayTry: false, _router.Model.Config.Health, _router.Clock.Now, out _);

    private AddressState? Pick(bool mayTry, out bool isTrial) =>
        _router.Routing.Picker.Pick(Jetson, null, mayTry, _router.Model.Config.Health, _router.Clock.Now, out isTrial);
}
