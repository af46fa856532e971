using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Tests.Policies;

public sealed class TruthTests
{
    public static TheoryData<Truth, Truth> Pairs
    {
        get
        {
            var pairs = new TheoryData<Truth, Truth>();
            foreach (var left in Enum.GetValues<Truth>())
            {
                foreach (var right in Enum.GetValues<Truth>())
                    pairs.Add(left, right);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void AndOrNot_EveryPair_FollowDeMorgan(Truth left, Truth right)
    {
        left.And(right).Not().Should().Be(left.Not().Or(right.Not()));
        left.And(right).Should().Be(right.And(left));
        left.Not().Not().Should().Be(left);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void And_WithUnknown_IsOnlyKnownWhereTheOtherDecides(Truth left, Truth right)
    {
        // An unknown may turn out either way; the answer is known where both ways agree.
        var outcomes = Ways(left).SelectMany(one => Ways(right), (one, other) => one && other).Distinct().ToList();

        left.And(right).Should().Be(outcomes.Count > 1 ? Truth.Unknown : TruthLogic.Of(outcomes[0]));
    }

    private static bool[] Ways(Truth truth) => truth switch { Truth.Yes => [true], Truth.No => [false], _ => [true, false] };
}
