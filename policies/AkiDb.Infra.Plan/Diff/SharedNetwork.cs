using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>A network that both environments have, at different addresses.</summary>
/// <param name="Name">The VPC's name in the program.</param>
/// <param name="Before">Its block in the earlier plan.</param>
/// <param name="After">Its block in the later plan; of the same size.</param>
internal sealed record SharedNetwork(string Name, AddressBlock Before, AddressBlock After)
{
    private const string Vpc = "aws:ec2/vpc:Vpc";

    /// <summary>The networks that two plans share. One whose size has changed is none of them: its addresses do not correspond.</summary>
    public static ImmutableArray<SharedNetwork> Between(StackPlan before, StackPlan after)
    {
        var blocks = after.OfType(Vpc).DistinctBy(vpc => vpc.Name).ToDictionary(vpc => vpc.Name, BlockOf);
        return
        [
            .. before.OfType(Vpc).DistinctBy(vpc => vpc.Name)
                .Select(vpc => (vpc.Name, Before: BlockOf(vpc), After: blocks.GetValueOrDefault(vpc.Name)))
                .Where(pair => pair is { Before: { } old, After: { } @new } && old != @new && old.PrefixLength == @new.PrefixLength)
                .Select(pair => new SharedNetwork(pair.Name, pair.Before!.Value, pair.After!.Value)),
        ];
    }

    private static AddressBlock? BlockOf(PlannedResource vpc) => vpc.Input("cidrBlock") is TextValue text ? AddressBlock.Parse(text.Value) : null;
}
