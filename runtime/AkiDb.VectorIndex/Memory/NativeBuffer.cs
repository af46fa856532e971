using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AkiDb.VectorIndex.Memory;

/// <summary>Aligned memory outside the garbage-collected heap, or a view into a mapped file.</summary>
internal sealed unsafe class NativeBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    private const nuint CacheLine = 64;
    private const nuint HugePage = 2u << 20;

    private NativeBuffer(byte* pointer, nuint length, bool isOwned)
        : base(isOwned)
    {
        SetHandle((nint)pointer);
        Pointer = pointer;
        Length = length;
    }

    /// <summary>First byte; aligned to 64 bytes at least.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Size in bytes.</summary>
    public nuint Length { get; }

    /// <summary>Allocates zeroed memory.</summary>
    public static NativeBuffer Allocate(nuint length)
    {
        length = Math.Max(length, CacheLine);
        var isLarge = length >= HugePage;
        var pointer = (byte*)NativeMemory.AlignedAlloc(length, isLarge ? HugePage : CacheLine);
        if (isLarge)
        {
            // Random reads over hundreds of megabytes miss the TLB on 4 KiB pages (bench index, ablation "huge pages").
            HugePages.Advise(pointer, length);
        }

        NativeMemory.Clear(pointer, length);
        return new NativeBuffer(pointer, length, isOwned: true);
    }

    /// <summary>A view of memory that someone else frees, after this view is no longer used.</summary>
    public static NativeBuffer View(byte* pointer, nuint length) => new(pointer, length, isOwned: false);

    /// <summary>A larger copy; the tail beyond the old length is zero.</summary>
    public NativeBuffer CopyTo(nuint length)
    {
        var copy = Allocate(length);
        NativeMemory.Copy(Pointer, copy.Pointer, Math.Min(Length, length));
        return copy;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        return true;
    }
}
