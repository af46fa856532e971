using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Distances;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class IndexInputTests
{
    public static TheoryData<IndexOptions, string> WrongOptions => new()
    {
        { new IndexOptions { Dimension = 0 }, "Dimension is 0, wanted 1 to 65536" },
        { new IndexOptions { Dimension = 65_537 }, "Dimension is 65537, wanted 1 to 65536" },
        { new IndexOptions { Dimension = 8, LinksPerNode = 1 }, "LinksPerNode is 1, wanted 2 to 128" },
        { new IndexOptions { Dimension = 8, ConstructionWidth = 15 }, "ConstructionWidth is 15, wanted 16 to 4096" },
        { new IndexOptions { Dimension = 8, SearchWidth = 0 }, "SearchWidth is 0, wanted 1 to 16384" },
        { new IndexOptions { Dimension = 8, InitialCapacity = -1 }, "InitialCapacity is -1, wanted 0 to 1073741824" },
        { new IndexOptions { Dimension = 8, Metric = (DistanceMetric)9 }, "Metric is 9, wanted one of Cosine, Dot, L2" },
        { new IndexOptions { Dimension = 8, Simd = (SimdWidth)3 }, "Simd is 3, wanted one of Widest, Vector128, Vector256, Vector512" },
        {
            new IndexOptions { Dimension = 8, Structure = IndexStructure.Flat, Quantization = VectorQuantization.Scalar8 },
            "Quantization must be None when Structure is Flat"
        },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Create_WrongOption_NamesItTheValueAndTheRange(IndexOptions options, string message)
    {
        var create = () => new NearestNeighborIndex(options);

        create.Should().Throw<ArgumentException>().WithMessage($"*{message}*");
    }

    [Fact]
    public void FindProblems_LinksOutOfRange_FindsNoFaultInTheWidth()
    {
        new IndexOptions { Dimension = 8, LinksPerNode = 1_000 }.FindProblems().Should().Equal("LinksPerNode is 1000, wanted 2 to 128");
    }

    [Fact]
    public void Create_TwoWrongOptions_NamesBoth()
    {
        var create = () => new NearestNeighborIndex(new IndexOptions { Dimension = -1, SearchWidth = 99_999 });

        create.Should().Throw<ArgumentException>().WithMessage("*Dimension is -1*SearchWidth is 99999*");
    }

    [Theory]
    [InlineData(float.NaN, "Component 2 of the vector is NaN")]
    [InlineData(float.PositiveInfinity, "Component 2 of the vector is Infinity")]
    [InlineData(float.NegativeInfinity, "Component 2 of the vector is -Infinity")]
    [InlineData(3e38f, "squared length overflows")]
    public void Upsert_ComponentThatCannotBeMeasured_IsRefused(float component, string message)
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 4, Metric = DistanceMetric.L2 });
        float[] vector = [1, 2, component, 4];

        index.Invoking(i => i.Upsert(1, vector)).Should().Throw<ArgumentException>().WithMessage($"*{message}*");
        index.Invoking(i => i.Search(vector, new Neighbor[1])).Should().Throw<ArgumentException>().WithMessage($"*{message}*");
        index.Count.Should().Be(0);
    }

    [Fact]
    public void Upsert_ZeroVector_IsRefusedUnderCosineOnly()
    {
        using var cosine = new NearestNeighborIndex(new IndexOptions { Dimension = 3 });
        using var l2 = new NearestNeighborIndex(new IndexOptions { Dimension = 3, Metric = DistanceMetric.L2 });

        cosine.Invoking(i => i.Upsert(1, new float[3])).Should().Throw<ArgumentException>().WithMessage("*length 0*no direction*");
        l2.Upsert(1, new float[3]);
        l2.Count.Should().Be(1);
    }

    [Fact]
    public void Upsert_WrongDimension_NamesBoth()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 3 });

        index.Invoking(i => i.Upsert(1, new float[4])).Should().Throw<ArgumentException>()
            .WithMessage("*4 components*dimension 3*");
    }

    [Theory]
    [InlineData(0, 0, "k (the length of results) is 0; wanted 1 to 16384")]
    [InlineData(16_385, 0, "k (the length of results) is 16385")]
    [InlineData(1, -1, "Width (ef) is -1")]
    [InlineData(1, 16_385, "Width (ef) is 16385; wanted 0 to 16384")]
    public void Search_SettingOutOfRange_IsRefused(int k, int width, string message)
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 3 });

        index.Invoking(i => i.Search(new float[] { 1, 0, 0 }, new Neighbor[k], new SearchSettings { Width = width }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"{message}*");
    }

    [Fact]
    public void UpsertMany_OneRowWrong_StoresNothingAndNamesTheRow()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 2, Metric = DistanceMetric.L2 });
        ulong[] keys = [7, 8, 9];
        float[] vectors = [1, 2, 3, float.NaN, 5, 6];

        index.Invoking(i => i.UpsertMany(keys, vectors)).Should().Throw<ArgumentException>().WithMessage("Row 1 (key 8): Component 1*");
        index.Count.Should().Be(0);
    }

    [Fact]
    public void UpsertMany_KeyTwice_IsRefused()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 1, Metric = DistanceMetric.L2 });

        index.Invoking(i => i.UpsertMany(new ulong[] { 4, 5, 4 }, new float[] { 1, 2, 3 }))
            .Should().Throw<ArgumentException>().WithMessage("Key 4 is given twice, in rows 0 and 2*");
    }

    [Fact]
    public void UpsertMany_MissingComponents_NamesTheCounts()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 2, Metric = DistanceMetric.L2 });

        index.Invoking(i => i.UpsertMany(new ulong[] { 4, 5 }, new float[] { 1, 2, 3 }))
            .Should().Throw<ArgumentException>().WithMessage("2 keys*3 components*wanted 4*");
    }

    [Fact]
    public void AnyCall_AfterDispose_Throws()
    {
        var index = new NearestNeighborIndex(new IndexOptions { Dimension = 2, Metric = DistanceMetric.L2 });
        index.Upsert(1, [1, 2]);
        index.Dispose();
        index.Dispose();

        index.Invoking(i => i.Search([1, 2], new Neighbor[1])).Should().Throw<ObjectDisposedException>();
        index.Invoking(i => i.Upsert(1, [1, 2])).Should().Throw<ObjectDisposedException>();
        index.Invoking(i => i.Delete(1)).Should().Throw<ObjectDisposedException>();
        index.Invoking(i => i.Contains(1)).Should().Throw<ObjectDisposedException>();
    }
}
