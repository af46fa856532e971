using System.Buffers.Binary;
using AkiDb.TestKit;
using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Files;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class IndexFileTests : IDisposable
{
    private const int HeaderLength = 1024;
    private const int FirstEntry = 88;
    private const int EntryLength = 24;
    private static readonly TestVectors Vectors = new(1500, 20, seed: 60);
    private static readonly string[] SectionNames =
        ["Keys", "Vectors", "QuantizerOffsets", "Codes", "Levels", "UpperBlocks", "BaseLinks", "UpperLinks"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Sections => [.. SectionNames];

    private string FilePath => _folder.At("index");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.None, DistanceMetric.Cosine)]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.Scalar8, DistanceMetric.L2)]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.Scalar8, DistanceMetric.Dot)]
    [InlineData(IndexStructure.Flat, VectorQuantization.None, DistanceMetric.L2)]
    public void Load_SavedIndex_GivesTheSameAnswersAndOptions(
        IndexStructure structure, VectorQuantization quantization, DistanceMetric metric)
    {
        var options = new IndexOptions
        {
            Dimension = 20,
            Structure = structure,
            Quantization = quantization,
            Metric = metric,
            LinksPerNode = 8,
            ConstructionWidth = 50,
            SearchWidth = 33,
            Seed = 77,
        };
        using var saved = new NearestNeighborIndex(options);
        saved.UpsertMany(Vectors.Keys, Vectors.All);
        // Holes, so that slots are numbered anew.
        for (ulong key = 0; key < 1500; key += 7)
        {
            saved.Delete(key);
        }

        saved.Save(FilePath);
        using var loaded = NearestNeighborIndex.Load(FilePath);

        loaded.Options.Should().Be(options with { InitialCapacity = 0 });
        loaded.Count.Should().Be(saved.Count);
        AssertSameAnswers(saved, loaded);
    }

    [Fact]
    public void Load_EmptyIndex_IsEmptyAndGrows()
    {
        using (var empty = new NearestNeighborIndex(new IndexOptions { Dimension = 20, Quantization = VectorQuantization.Scalar8 }))
        {
            empty.Save(FilePath);
        }

        using var loaded = NearestNeighborIndex.Load(FilePath);
        loaded.Count.Should().Be(0);
        loaded.Upsert(1, Vectors[0]);
        var results = new Neighbor[2];
        loaded.Search(Vectors[0], results).Should().Be(1);
    }

    [Fact]
    public void Load_ThenChange_LeavesTheFileAsItWas()
    {
        SaveQuantized();
        var before = File.ReadAllBytes(FilePath);
        using (var loaded = NearestNeighborIndex.Load(FilePath))
        {
            for (ulong key = 0; key < 600; key++)
            {
                loaded.Delete(key).Should().BeTrue();
            }

            for (ulong key = 5000; key < 6000; key++)
            {
                loaded.Upsert(key, Vectors[(int)key - 5000]);
            }

            loaded.Count.Should().Be(1900);
            loaded.Save(_folder.At("other"));
            using var again = NearestNeighborIndex.Load(_folder.At("other"));
            AssertSameAnswers(loaded, again);
        }

        File.ReadAllBytes(FilePath).AsSpan().SequenceEqual(before).Should().BeTrue();
    }

    [Fact]
    public void Save_OverTheFileItWasLoadedFrom_ReplacesItWhole()
    {
        SaveQuantized();
        using var loaded = NearestNeighborIndex.Load(FilePath);
        loaded.Delete(3);
        loaded.Save(FilePath);

        using var again = NearestNeighborIndex.Load(FilePath);
        again.Count.Should().Be(1499);
        AssertSameAnswers(loaded, again);
        File.Exists(FilePath + ".partial").Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Load_OneBitFlippedInASection_NamesFileSectionFoundAndWanted(string section)
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        var (offset, length) = Find(bytes, section);
        var random = new Random(61);
        long[] places = [offset, offset + length - 1, .. Enumerable.Range(0, 6).Select(_ => offset + random.NextInt64(length))];
        foreach (var place in places)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FilePath, damaged);

            var wrong = Load().Should().Throw<IndexFileException>().Which;

            wrong.Path.Should().Be(FilePath);
            wrong.Section.Should().Be(section);
            wrong.Found.Should().StartWith("checksum ").And.NotBe(wrong.Wanted);
            wrong.Message.Should().Contain(FilePath).And.Contain(section);
        }
    }

    [Fact]
    public void Load_AnyHeaderByteChanged_IsRefused()
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        for (var place = 0; place < HeaderLength; place++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0x10;
            File.WriteAllBytes(FilePath, damaged);

            Load().Should().Throw<IndexFileException>("byte {0} changed", place).Which.Section.Should().Be("header");
        }
    }

    [Fact]
    public void Load_TruncatedAnywhere_IsRefused()
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        foreach (var length in new[] { 0, 1, HeaderLength - 1, HeaderLength, 4096, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(FilePath, bytes[..length]);

            Load().Should().Throw<IndexFileException>("{0} bytes are left", length).WithMessage($"*{length} bytes*");
        }

        File.WriteAllBytes(FilePath, [.. bytes, 0]);
        Load().Should().Throw<IndexFileException>("a byte was appended");
    }

    [Fact]
    public void Load_LaterVersion_SaysWhichItKnows()
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 2);
        File.WriteAllBytes(FilePath, bytes);

        Load().Should().Throw<IndexFileException>().WithMessage("*found format version 2; wanted version 1.");
    }

    [Fact]
    public void Load_SomeOtherFile_SaysSo()
    {
        File.WriteAllText(FilePath, new string('x', 5000));

        Load().Should().Throw<IndexFileException>().WithMessage("*first bytes 7878787878787878*AKIDBVIX*");
    }

    [Theory]
    [InlineData("BaseLinks", 1_000_000)]
    [InlineData("BaseLinks", -2)]
    [InlineData("UpperLinks", 1500)]
    [InlineData("UpperBlocks", int.MaxValue)]
    [InlineData("UpperBlocks", -1)]
    [InlineData("Levels", 31)]
    public void Load_NumberOutsideItsArrayUnderARightChecksum_IsRefused(string section, int value)
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        var (offset, length) = Find(bytes, section);
        if (section == "Levels")
        {
            bytes[offset + 5] = (byte)value;
        }
        else
        {
            // Every number, because the block of a slot that stands on the base level only means nothing.
            for (var place = offset; place < offset + length; place += sizeof(int))
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((int)place), value);
            }
        }

        Reseal(bytes, section);
        File.WriteAllBytes(FilePath, bytes);

        Load().Should().Throw<IndexFileException>().Which.Section.Should().Be(section);
    }

    [Fact]
    public void Load_KeyTwiceUnderARightChecksum_IsRefused()
    {
        SaveQuantized();
        var bytes = File.ReadAllBytes(FilePath);
        var (offset, _) = Find(bytes, "Keys");
        bytes.AsSpan((int)offset, 8).CopyTo(bytes.AsSpan((int)offset + 80));
        Reseal(bytes, "Keys");
        File.WriteAllBytes(FilePath, bytes);

        Load().Should().Throw<IndexFileException>().WithMessage("*Keys: found key * twice; wanted each key once.");
    }

    [Fact]
    public void Load_MissingFile_IsAnIOError() => Load().Should().Throw<FileNotFoundException>();

    [Fact]
    public void Crc32C_KnownVectors_AreRight()
    {
        // RFC 3720, appendix B.4.
        Crc32C.Append(0, new byte[32]).Should().Be(0x8A91_36AA);
        Crc32C.Append(0, Enumerable.Repeat((byte)0xFF, 32).ToArray()).Should().Be(0x62A8_AB43);
        Crc32C.Append(0, Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()).Should().Be(0x46DD_794E);
        Crc32C.Append(0, "123456789"u8).Should().Be(0xE306_9283);
    }

    private Action Load() => () => NearestNeighborIndex.Load(FilePath).Dispose();

    private void SaveQuantized()
    {
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = 20,
            Metric = DistanceMetric.L2,
            Quantization = VectorQuantization.Scalar8,
            LinksPerNode = 6,
        });
        index.UpsertMany(Vectors.Keys, Vectors.All);
        index.Save(FilePath);
    }

    // Written from docs/vector-index.md, not from the reader's constants.
    private static (long Offset, long Length) Find(byte[] bytes, string section)
    {
        var entry = bytes.AsSpan(FirstEntry + (EntryLength * Array.IndexOf(SectionNames, section)));
        var (offset, length) = (BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), BinaryPrimitives.ReadInt64LittleEndian(entry[16..]));
        length.Should().BePositive("section {0} must have something to damage", section);
        return (offset, length);
    }

    private static void Reseal(byte[] bytes, string section)
    {
        var (offset, length) = Find(bytes, section);
        var entry = FirstEntry + (EntryLength * Array.IndexOf(SectionNames, section));
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(entry + 4), Crc32C.Append(0, bytes.AsSpan((int)offset, (int)length)));
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(HeaderLength - 4), Crc32C.Append(0, bytes.AsSpan(0, HeaderLength - 4)));
    }

    private static void AssertSameAnswers(NearestNeighborIndex one, NearestNeighborIndex other)
    {
        var a = new Neighbor[10];
        var b = new Neighbor[10];
        for (var q = 0; q < 100; q++)
        {
            one.Search(Vectors[q], a).Should().Be(other.Search(Vectors[q], b));
            a.Should().Equal(b);
        }
    }
}
