using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// Which slots a traversal has met: one bit a slot. The slots met are also listed, which gives each step its batch of
/// neighbours and lets a short search in a large index clear only the words it touched.
/// </summary>
internal sealed unsafe class VisitedSet(int longestList) : IDisposable
{
    private const int ListLength = 16 * 1024;
    private readonly NativeBuffer _list = NativeBuffer.Allocate((nuint)(ListLength + longestList) * sizeof(int));
    private NativeBuffer _bits = NativeBuffer.Allocate(0);
    private int _count;
    private bool _hasWrapped;

    /// <summary>Forgets everything and makes room for slots below <paramref name="capacity"/>.</summary>
    public void Clear(int capacity)
    {
        var bytes = ((nuint)capacity + 511) / 512 * 64;
        if (_bits.Length < bytes)
        {
            _bits.Dispose();
            _bits = NativeBuffer.Allocate(bytes);
        }
        else if (_hasWrapped || (nuint)_count > _bits.Length / 32)
        {
            NativeMemory.Clear(_bits.Pointer, _bits.Length);
        }
        else
        {
            var words = (ulong*)_bits.Pointer;
            var list = (int*)_list.Pointer;
            for (var i = 0; i < _count; i++)
            {
                words[list[i] >> 6] = 0;
            }
        }

        _count = 0;
        _hasWrapped = false;
    }

    /// <summary>Marks one slot.</summary>
    public void Add(int slot)
    {
        ((ulong*)_bits.Pointer)[slot >> 6] |= 1UL << slot;
        ((int*)_list.Pointer)[_count++] = slot;
    }

    /// <summary>
    /// Marks the links that were not met before and returns them: a batch that is valid until the next call.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* AddNew(int* links, int most, out int count)
    {
        if (_count > ListLength)
        {
            // The list is full: keep the bits, give up clearing word by word.
            _count = 0;
            _hasWrapped = true;
        }

        var words = (ulong*)_bits.Pointer;
        var batch = (int*)_list.Pointer + _count;
        var met = 0;
        for (var i = 0; i < most; i++)
        {
            var slot = links[i];
            if (slot < 0)
            {
                break;
            }

            var word = words[slot >> 6];
            var isNew = (int)(~(word >> slot) & 1);
            words[slot >> 6] = word | (1UL << slot);
            // No branch on "seen before": it is a coin toss that the processor cannot predict.
            batch[met] = slot;
            met += isNew;
        }

        _count += met;
        count = met;
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _list.Dispose();
        _bits.Dispose();
    }
}
