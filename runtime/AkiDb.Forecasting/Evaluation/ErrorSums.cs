namespace AkiDb.Forecasting.Evaluation;

/// <summary>Adds up pairs of forecast and actual value.</summary>
internal sealed class ErrorSums
{
    private int _count;
    private int _withTraffic;
    private double _absolute;
    private double _percent;
    private double _symmetric;
    private double _squared;
    private double _mean;
    private double _variance;

    public void Add(double forecast, double actual)
    {
        if (double.IsNaN(actual))
        {
            return;
        }

        var error = Math.Abs(forecast - actual);
        _count++;
        _absolute += error;
        _squared += error * error;
        _symmetric += forecast + actual > 0 ? 2 * error / (forecast + actual) : 0;
        if (actual > 0)
        {
            _withTraffic++;
            _percent += error / actual;
        }

        // Welford: the variance of millions of queries per second must not drown in their square.
        var away = actual - _mean;
        _mean += away / _count;
        _variance += away * (actual - _mean);
    }

    public ErrorFigures Against(ErrorSums lastValue) => new()
    {
        Count = _count,
        MeanAbsoluteError = _absolute / _count,
        MapePercent = 100 * _percent / _withTraffic,
        SmapePercent = 100 * _symmetric / _count,
        RSquared = _variance > 0 ? 1 - (_squared / _variance) : double.NaN,
        Skill = lastValue._absolute > 0 ? 1 - (_absolute / _count / (lastValue._absolute / lastValue._count)) : double.NaN,
    };
}
