namespace AkiDb.Forecasting.Training;

/// <summary>Squared or Huber loss (Huber 1964) of one window, half the square near zero in both.</summary>
internal static class Loss
{
    /// <summary>Writes the gradient.</summary>
    /// <param name="outputs">What the network said.</param>
    /// <param name="targets">What was wanted.</param>
    /// <param name="delta">Where the Huber loss turns linear; null for the squared loss.</param>
    /// <param name="weight">Weight of the window, divided by the batch's number of outputs.</param>
    /// <param name="gradient">Receives the gradient by the outputs.</param>
    /// <returns>The weighted loss.</returns>
    public static double Differentiate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float? delta, float weight, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            var error = outputs[i] - targets[i];
            var size = Math.Abs(error);
            var isLinear = size > delta;
            sum += isLinear ? delta!.Value * (size - (0.5 * delta.Value)) : 0.5 * error * error;
            gradient[i] = weight * (isLinear ? delta!.Value * Math.Sign(error) : error);
        }

        return weight * sum;
    }
}
