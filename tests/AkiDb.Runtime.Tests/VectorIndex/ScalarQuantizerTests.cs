using AkiDb.VectorIndex.Memory;
using AkiDb.VectorIndex.Quantization;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed unsafe class ScalarQuantizerTests
{
    private const int Dimension = 48;
    private readonly float[] _sample = MakeSample(500);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_VectorsOfTheSample_ErrsByHalfAStepUnlessClipped(bool isSigned)
    {
        var quantizer = QuantizerTraining.Train(_sample, Dimension, isSigned);
        using var code = NativeBuffer.Allocate(64);
        var clipped = 0;
        fixed (float* sample = _sample)
        {
            for (var row = 0; row < 500; row++)
            {
                var vector = sample + (row * Dimension);
                clipped += quantizer.Encode(vector, code.Pointer);
                for (var i = 0; i < Dimension; i++)
                {
                    int q = isSigned ? (sbyte)code.Pointer[i] : code.Pointer[i];
                    q.Should().BeInRange(isSigned ? -127 : 0, 127);
                    if (q is > -127 and < 127 && (isSigned || q > 0))
                    {
                        var decoded = (q * quantizer.Step) + quantizer.Offsets[i];
                        decoded.Should().BeApproximately(vector[i], 0.501f * quantizer.Step);
                    }
                }
            }
        }

        clipped.Should().BeLessThan(_sample.Length / 500, "the range covers 9995 of 10000 components");
    }

    [Fact]
    public void Encode_FarOutsideTheSample_ClipsAndSaysSo()
    {
        var quantizer = QuantizerTraining.Train(_sample, Dimension, isSigned: false);
        using var code = NativeBuffer.Allocate(64);
        var far = Enumerable.Repeat(1e6f, Dimension).ToArray();
        fixed (float* vector = far)
        {
            quantizer.Encode(vector, code.Pointer).Should().Be(Dimension);
        }

        new Span<byte>(code.Pointer, Dimension).ToArray().Should().OnlyContain(q => q == 127);
        new Span<byte>(code.Pointer + Dimension, 64 - Dimension).ToArray().Should().OnlyContain(q => q == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_EqualVectors_GivesAUsableStep(bool isSigned)
    {
        var quantizer = QuantizerTraining.Train(new float[20 * Dimension], Dimension, isSigned);

        quantizer.Step.Should().BePositive();
        float.IsFinite(quantizer.Step).Should().BeTrue();
    }

    private static float[] MakeSample(int count)
    {
        var random = new Random(4);
        // A different mean in each component: offsets must follow it.
        return [.. Enumerable.Range(0, count * Dimension).Select(i => (float)((random.NextDouble() - 0.5) + (i % Dimension / 10.0)))];
    }
}
