namespace AkiDb.VectorIndex.Memory;

/// <summary>Who owns the arrays of a <see cref="Generation"/>; null where the index has no use for one.</summary>
internal sealed record GenerationBuffers
{
    public required NativeBuffer Vectors { get; init; }

    public required NativeBuffer Keys { get; init; }

    public required NativeBuffer Lifetimes { get; init; }

    public NativeBuffer? Codes { get; init; }

    public NativeBuffer? Links { get; init; }

    public NativeBuffer? Levels { get; init; }

    public NativeBuffer? InDegrees { get; init; }

    public NativeBuffer? UpperBlocks { get; init; }

    public NativeBuffer? UpperLinks { get; init; }

    /// <summary>Every array that exists.</summary>
    public IEnumerable<NativeBuffer> All()
    {
        NativeBuffer?[] all = [Vectors, Keys, Lifetimes, Codes, Links, Levels, InDegrees, UpperBlocks, UpperLinks];
        return all.OfType<NativeBuffer>();
    }

    /// <summary>New arrays for <paramref name="capacity"/> slots and <paramref name="upperCapacity"/> upper link lists.</summary>
    public static GenerationBuffers Allocate(VectorShape shape, int capacity, int upperCapacity)
    {
        var slots = (nuint)capacity;
        return new GenerationBuffers
        {
            Vectors = NativeBuffer.Allocate(slots * (nuint)shape.VectorBytes),
            Keys = NativeBuffer.Allocate(slots * sizeof(ulong)),
            Lifetimes = NativeBuffer.Allocate(slots * LifetimeBytes),
            Codes = shape.IsQuantized ? NativeBuffer.Allocate(slots * (nuint)shape.CodeBytes) : null,
            Links = shape.IsGraph ? NativeBuffer.Allocate(slots * (nuint)shape.BaseLinks * sizeof(int)) : null,
            Levels = shape.IsGraph ? NativeBuffer.Allocate(slots) : null,
            InDegrees = shape.IsGraph ? NativeBuffer.Allocate(slots * sizeof(int)) : null,
            UpperBlocks = shape.IsGraph ? NativeBuffer.Allocate(slots * sizeof(int)) : null,
            UpperLinks = shape.IsGraph
                ? NativeBuffer.Allocate((nuint)upperCapacity * (nuint)shape.UpperLinks * sizeof(int))
                : null,
        };
    }

    /// <summary>Copies of these arrays with room for more.</summary>
    public GenerationBuffers Grow(VectorShape shape, int capacity, int upperCapacity)
    {
        var slots = (nuint)capacity;
        return new GenerationBuffers
        {
            Vectors = Vectors.CopyTo(slots * (nuint)shape.VectorBytes),
            Keys = Keys.CopyTo(slots * sizeof(ulong)),
            Lifetimes = Lifetimes.CopyTo(slots * LifetimeBytes),
            Codes = Codes?.CopyTo(slots * (nuint)shape.CodeBytes),
            Links = Links?.CopyTo(slots * (nuint)shape.BaseLinks * sizeof(int)),
            Levels = Levels?.CopyTo(slots),
            InDegrees = InDegrees?.CopyTo(slots * sizeof(int)),
            UpperBlocks = UpperBlocks?.CopyTo(slots * sizeof(int)),
            UpperLinks = UpperLinks?.CopyTo((nuint)upperCapacity * (nuint)shape.UpperLinks * sizeof(int)),
        };
    }

    private const nuint LifetimeBytes = 2 * sizeof(long);
}
