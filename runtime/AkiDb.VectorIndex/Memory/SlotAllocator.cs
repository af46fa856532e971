namespace AkiDb.VectorIndex.Memory;

/// <summary>Hands out slots and upper link blocks, the freed ones first. Not thread-safe.</summary>
internal sealed class SlotAllocator
{
    private readonly Stack<int> _freeSlots = new();
    private readonly Dictionary<int, Stack<int>> _freeBlocks = [];

    /// <summary>Slots below this number were handed out at least once.</summary>
    public int HighWater { get; private set; }

    /// <summary>Upper blocks below this number were handed out at least once.</summary>
    public int UpperHighWater { get; private set; }

    /// <summary>Starts after slots and blocks that a file or a bulk load filled.</summary>
    public void StartAfter(int slots, int upperBlocks)
    {
        _freeSlots.Clear();
        _freeBlocks.Clear();
        HighWater = slots;
        UpperHighWater = upperBlocks;
    }

    /// <summary>Takes a slot and <paramref name="level"/> consecutive blocks; false when either array is full.</summary>
    public bool TryTake(int capacity, int upperCapacity, int level, out int slot, out int upperBlock)
    {
        slot = upperBlock = 0;
        var hasFreeBlock = _freeBlocks.TryGetValue(level, out var blocks) && blocks.Count > 0;
        if ((_freeSlots.Count == 0 && HighWater == capacity)
            || (level > 0 && !hasFreeBlock && UpperHighWater + level > upperCapacity))
        {
            return false;
        }

        slot = _freeSlots.TryPop(out var free) ? free : HighWater++;
        if (level > 0)
        {
            upperBlock = hasFreeBlock ? blocks!.Pop() : UpperHighWater;
            UpperHighWater += hasFreeBlock ? 0 : level;
        }

        return true;
    }

    /// <summary>Takes back a slot and its blocks.</summary>
    public void Return(int slot, int level, int upperBlock)
    {
        _freeSlots.Push(slot);
        if (level > 0)
        {
            if (!_freeBlocks.TryGetValue(level, out var blocks))
            {
                _freeBlocks[level] = blocks = new Stack<int>();
            }

            blocks.Push(upperBlock);
        }
    }
}
