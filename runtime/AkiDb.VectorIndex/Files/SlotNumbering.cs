using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>New numbers, without gaps, for the living slots and their upper blocks.</summary>
internal sealed unsafe class SlotNumbering
{
    private readonly int[] _new;
    private readonly int[] _upperBlock;

    public SlotNumbering(Generation generation, int slots)
    {
        _new = new int[slots];
        _upperBlock = new int[slots];
        Living = new List<int>(slots);
        for (var slot = 0; slot < slots; slot++)
        {
            if (generation.Lifetimes[slot] is not { Born: < Lifetime.Never, Died: Lifetime.Never })
            {
                _new[slot] = -1;
                continue;
            }

            _new[slot] = Living.Count;
            _upperBlock[slot] = UpperBlocks;
            Living.Add(slot);
            UpperBlocks += generation.Shape.IsGraph ? generation.Levels[slot] : 0;
        }
    }

    /// <summary>The old numbers of the living slots, in the order of the new ones.</summary>
    public List<int> Living { get; }

    /// <summary>Upper blocks of all living slots together.</summary>
    public int UpperBlocks { get; }

    /// <summary>The new number of a living slot.</summary>
    public int New(int slot) => _new[slot];

    /// <summary>The new first upper block of a living slot.</summary>
    public int UpperBlockOf(int slot) => _upperBlock[slot];
}
