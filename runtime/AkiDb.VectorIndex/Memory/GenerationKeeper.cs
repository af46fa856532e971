using AkiDb.VectorIndex.Quantization;

namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// Holds the current generation and makes the next one. Everything here but <see cref="Current"/>,
/// <see cref="TryTake"/>, <see cref="Return"/> and <see cref="Store"/> needs the exclusive writer.
/// </summary>
internal sealed unsafe class GenerationKeeper : IDisposable
{
    private const int SmallestCapacity = 64;
    private readonly Lock _allocation = new();
    private readonly SlotAllocator _allocator = new();
    private readonly BufferReclamation _retired;
    private readonly TrainingClock _clock = new();
    private readonly bool _isSigned;
    private readonly ReaderEpochs _epochs;
    private Generation? _current;
    private int _slots;

    public GenerationKeeper(VectorShape shape, ReaderEpochs epochs, bool isSigned, int capacity)
    {
        Shape = shape;
        _isSigned = isSigned;
        _epochs = epochs;
        _retired = new BufferReclamation(epochs);
        capacity = Math.Max(capacity, SmallestCapacity);
        var upper = shape.IsGraph ? UpperFor(capacity) : 0;
        var buffers = GenerationBuffers.Allocate(shape, capacity, upper);
        _current = new Generation(shape, capacity, upper, buffers, quantizer: null);
        MarkNotLinked(_current, from: 0);
    }

    public GenerationKeeper(Generation loaded, int count, int upperBlocks, ReaderEpochs epochs, bool isSigned)
    {
        Shape = loaded.Shape;
        _isSigned = isSigned;
        _epochs = epochs;
        _retired = new BufferReclamation(epochs);
        _current = loaded;
        _allocator.StartAfter(count, upperBlocks);
        _slots = count;
        _clock.Trained(count);
    }

    public VectorShape Shape { get; }

    /// <summary>The generation to read and write now.</summary>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    public Generation Current =>
        Volatile.Read(ref _current) ?? throw new ObjectDisposedException(nameof(NearestNeighborIndex));

    /// <summary>Slots below this number may be in use.</summary>
    public int Slots => Volatile.Read(ref _slots);

    /// <summary>Share of components clipped since the last training.</summary>
    public double ClippedShare => _clock.ClippedShare(Shape.Dimension);

    /// <summary>Whether the codes should be made anew before the next insertion.</summary>
    public bool WantsTraining(int count) =>
        Shape.IsQuantized && (Current.Quantizer is null || _clock.WantsTraining(count, Shape.Dimension));

    /// <summary>Takes a slot; false when the arrays are full.</summary>
    public bool TryTake(int level, out int slot)
    {
        lock (_allocation)
        {
            var generation = Current;
            if (!_allocator.TryTake(generation.Capacity, generation.UpperCapacity, level, out slot, out var block))
            {
                return false;
            }

            if (Shape.IsGraph)
            {
                generation.UpperBlocks[slot] = block;
            }

            // Invisible from the first moment: Born before Died, because zeroed or reused stamps were an empty interval.
            Volatile.Write(ref generation.Lifetimes[slot].Born, Lifetime.Never);
            Volatile.Write(ref generation.Lifetimes[slot].Died, Lifetime.Never);
            Volatile.Write(ref _slots, _allocator.HighWater);
            return true;
        }
    }

    /// <summary>Gives back unlinked slots that no reader can reach.</summary>
    public void Return(IReadOnlyList<int> slots)
    {
        lock (_allocation)
        {
            var generation = Current;
            foreach (var slot in slots)
            {
                var level = Shape.IsGraph ? generation.Levels[slot] : 0;
                if (Shape.IsGraph)
                {
                    Volatile.Write(ref generation.Levels[slot], Generation.NotLinked);
                }

                _allocator.Return(slot, level, level > 0 ? generation.UpperBlocks[slot] : 0);
            }
        }
    }

    /// <summary>Stores key, vector and code of a taken slot.</summary>
    public void Store(Generation generation, int slot, ulong key, float* vector)
    {
        generation.Keys[slot] = key;
        new ReadOnlySpan<float>(vector, Shape.PaddedDimension).CopyTo(
            new Span<float>(generation.VectorOf(slot), Shape.PaddedDimension));
        if (generation.Quantizer is { } quantizer)
        {
            _clock.Encoded(quantizer.Encode(vector, generation.CodeOf(slot)));
        }
    }

    /// <summary>Makes room for at least <paramref name="capacity"/> slots and more upper blocks.</summary>
    public void Grow(int capacity)
    {
        var old = Current;
        capacity = Math.Clamp(capacity, old.Capacity, SearchLimits.MaximumCapacity);
        if (_allocator.HighWater >= SearchLimits.MaximumCapacity)
        {
            throw new InvalidOperationException(
                $"The index is full: it holds {SearchLimits.MaximumCapacity} vectors, the most there can be.");
        }

        var upper = Shape.IsGraph
            ? Math.Max(UpperFor(capacity), _allocator.UpperHighWater + (_allocator.UpperHighWater / 4) + 64)
            : 0;
        Publish(new Generation(Shape, capacity, upper, old.Buffers.Grow(Shape, capacity, upper), old.Quantizer));
        MarkNotLinked(Current, from: old.Capacity);
    }

    /// <summary>Doubles the room.</summary>
    public void Double() => Grow((int)Math.Clamp(2L * Current.Capacity, SmallestCapacity, SearchLimits.MaximumCapacity));

    /// <summary>Trains on <paramref name="sample"/> (padded vectors) and makes all codes anew.</summary>
    public void Train(ReadOnlySpan<float> sample, int count)
    {
        var old = Current;
        var quantizer = QuantizerTraining.Train(sample, Shape.PaddedDimension, _isSigned);
        var codes = NativeBuffer.Allocate((nuint)old.Capacity * (nuint)Shape.CodeBytes);
        var next = new Generation(Shape, old.Capacity, old.UpperCapacity, old.Buffers with { Codes = codes }, quantizer);
        for (var slot = 0; slot < _allocator.HighWater; slot++)
        {
            _ = quantizer.Encode(next.VectorOf(slot), next.CodeOf(slot));
        }

        Publish(next);
        _clock.Trained(count);
    }

    /// <summary>Puts a rewritten generation of the same slots in the place of the current one.</summary>
    public void Replace(Generation next) => Publish(next);

    /// <summary>Makes later calls fail, waits for readers, and frees everything.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _current, null) is { } last)
        {
            _epochs.WaitFor(_epochs.Advance());
            _retired.FreePassed();
            foreach (var buffer in last.Buffers.All())
            {
                buffer.Dispose();
            }
        }
    }

    // n·Σ M⁻ˡ blocks are expected on the upper levels; a quarter more keeps growth for their sake rare.
    private int UpperFor(int capacity) => (int)Math.Min(capacity * 1.25 / (Shape.UpperLinks - 1) + 64, int.MaxValue / 2);

    private void Publish(Generation next)
    {
        var old = Current;
        Volatile.Write(ref _current, next);
        _retired.Retire(old.Buffers, next.Buffers);
    }

    private static void MarkNotLinked(Generation generation, int from)
    {
        if (generation.Levels is not null)
        {
            new Span<byte>(generation.Levels + from, generation.Capacity - from).Fill(Generation.NotLinked);
        }
    }
}
