namespace AkiDb.Forecasting.Baselines;

/// <summary>Sums of a weighted least-squares problem with several outputs; solved with any penalty, any number of times.</summary>
internal sealed class RidgeProblem(int inputs, int outputs)
{
    private readonly double[] _squares = new double[inputs * inputs];
    private readonly double[] _products = new double[inputs * outputs];
    private double _weight;
    private int _rows;

    public void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> targets, double weight)
    {
        _weight += weight;
        _rows++;
        for (var i = 0; i < inputs; i++)
        {
            var scaled = weight * row[i];
            var squares = _squares.AsSpan(i * inputs, i + 1);
            for (var j = 0; j < squares.Length; j++)
            {
                squares[j] += scaled * row[j];
            }

            var products = _products.AsSpan(i * outputs, outputs);
            for (var j = 0; j < outputs; j++)
            {
                products[j] += scaled * targets[j];
            }
        }
    }

    /// <summary>The coefficients, a row of outputs for each input, for a penalty in units of one row's mean weight; the first input, a constant, is not penalised.</summary>
    public double[] Solve(double penalty)
    {
        var factor = (double[])_squares.Clone();
        var unit = _weight / Math.Max(1, _rows);
        for (var i = 0; i < inputs; i++)
        {
            // The small share keeps a column of zeros (no weekend in the part) from being divided by.
            factor[(i * inputs) + i] += unit * (i == 0 ? 1e-9 : penalty);
        }

        Factorise(factor);
        var coefficients = (double[])_products.Clone();
        Substitute(factor, coefficients);
        return coefficients;
    }

    // Cholesky: the lower triangle becomes L with L·Lᵀ = the matrix.
    private void Factorise(double[] matrix)
    {
        for (var j = 0; j < inputs; j++)
        {
            var rowJ = matrix.AsSpan(j * inputs, inputs);
            for (var i = j; i < inputs; i++)
            {
                var rowI = matrix.AsSpan(i * inputs, inputs);
                var sum = rowI[j];
                for (var k = 0; k < j; k++)
                {
                    sum -= rowI[k] * rowJ[k];
                }

                rowI[j] = i == j ? Math.Sqrt(Math.Max(sum, double.Epsilon)) : sum / rowJ[j];
            }
        }
    }

    private void Substitute(double[] factor, double[] values)
    {
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < inputs; i++)
            {
                var sum = values[(i * outputs) + output];
                for (var k = 0; k < i; k++)
                {
                    sum -= factor[(i * inputs) + k] * values[(k * outputs) + output];
                }

                values[(i * outputs) + output] = sum / factor[(i * inputs) + i];
            }

            for (var i = inputs - 1; i >= 0; i--)
            {
                var sum = values[(i * outputs) + output];
                for (var k = i + 1; k < inputs; k++)
                {
                    sum -= factor[(k * inputs) + i] * values[(k * outputs) + output];
                }

                values[(i * outputs) + output] = sum / factor[(i * inputs) + i];
            }
        }
    }
}
