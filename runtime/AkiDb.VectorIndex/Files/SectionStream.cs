using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Files;

/// <summary>Writes sections one after another, each page-aligned, and notes their place and checksum in the header.</summary>
internal sealed class SectionStream(FileStream file)
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _filled;
    private uint _checksum;
    private ulong _length;

    /// <summary>Starts at the next aligned offset.</summary>
    public void Begin()
    {
        file.Position = (file.Position + IndexFileHeader.Alignment - 1) / IndexFileHeader.Alignment * IndexFileHeader.Alignment;
        (_filled, _checksum, _length) = (0, 0, 0);
    }

    /// <summary>Appends bytes to the section.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        _checksum = Crc32C.Append(_checksum, data);
        _length += (ulong)data.Length;
        if (_filled + data.Length > _buffer.Length)
        {
            Flush();
        }

        if (data.Length > _buffer.Length)
        {
            file.Write(data);
            return;
        }

        data.CopyTo(_buffer.AsSpan(_filled));
        _filled += data.Length;
    }

    /// <summary>Appends numbers to the section.</summary>
    public void Write<T>(ReadOnlySpan<T> data)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(data));

    /// <summary>Ends the section and describes it.</summary>
    public IndexFileHeader.SectionEntry End(IndexFileSection section)
    {
        Flush();
        return new IndexFileHeader.SectionEntry
        {
            Section = (uint)section,
            Crc32C = _checksum,
            Offset = (ulong)file.Position - _length,
            Length = _length,
        };
    }

    private void Flush()
    {
        file.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
