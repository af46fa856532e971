namespace AkiDb.Forecasting.Baselines;

/// <summary>A fitted linear map.</summary>
/// <param name="coefficients">A row of outputs for each input.</param>
/// <param name="outputs">Number of outputs.</param>
/// <param name="penalty">The penalty that it was fitted with.</param>
internal sealed class RidgeRegression(double[] coefficients, int outputs, double penalty)
{
    public double Penalty { get; } = penalty;

    public void Predict(ReadOnlySpan<double> row, Span<double> result)
    {
        result.Clear();
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < outputs; j++)
            {
                result[j] += row[i] * coefficients[(i * outputs) + j];
            }
        }
    }
}
