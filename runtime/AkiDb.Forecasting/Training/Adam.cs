using System.Numerics;

namespace AkiDb.Forecasting.Training;

/// <summary>One step of Adam (Kingma and Ba 2015, algorithm 1) and of the moving average.</summary>
internal static unsafe class Adam
{
    private const float First = 0.9f;
    private const float Second = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <summary>Updates the parameters.</summary>
    /// <param name="state">Parameters, moments and average.</param>
    /// <param name="gradient">Of all parameters.</param>
    /// <param name="scale">Multiplies the gradient: below 1 shortens it.</param>
    /// <param name="averagingDecay">Memory of the average at this step.</param>
    /// <param name="count">Parameters, a multiple of 32.</param>
    public static void Update(TrainingState state, float* gradient, float scale, float averagingDecay, int count)
    {
        var step = (int)Math.Min(state.Step, 1_000_000);
        var rate = (float)(state.LearningRate * Math.Sqrt(1 - Math.Pow(Second, step)) / (1 - Math.Pow(First, step)));
        var parameters = state.Parameters.Pointer;
        var average = state.Average.Pointer;
        var firsts = state.FirstMoments.Pointer;
        var seconds = state.SecondMoments.Pointer;
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var g = Vector.Load(gradient + i) * scale;
            var m = (Vector.Load(firsts + i) * First) + (g * (1 - First));
            var v = (Vector.Load(seconds + i) * Second) + (g * g * (1 - Second));
            var p = Vector.Load(parameters + i) - (m * rate / (Vector.SquareRoot(v) + new Vector<float>(Epsilon)));
            m.Store(firsts + i);
            v.Store(seconds + i);
            p.Store(parameters + i);
            (p + ((Vector.Load(average + i) - p) * averagingDecay)).Store(average + i);
        }
    }

    /// <summary>Adds one gradient to another; returns the sum of squares.</summary>
    public static double Add(float* gradient, float* other, int count)
    {
        var squares = 0.0;
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var sum = Vector.Load(gradient + i) + Vector.Load(other + i);
            sum.Store(gradient + i);
            squares += Vector.Dot(sum, sum);
        }

        return squares;
    }
}
