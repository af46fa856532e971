using System.Buffers;
using System.Globalization;
using System.Text;

namespace AkiDb.Telemetry.Metrics;

/// <summary>A number, or several, under one name and one set of labels.</summary>
public abstract class Metric
{
    internal abstract void Write(string name, string labels, IBufferWriter<byte> output);

    private protected static void WriteSample(IBufferWriter<byte> output, string name, string labels, double value)
    {
        var text = labels.Length == 0 ? $"{name} " : $"{name}{{{labels}}} ";
        Encoding.UTF8.GetBytes(text + Number(value) + "\n", output);
    }

    private protected static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}

/// <summary>A number that only grows.</summary>
public sealed class Counter : Metric
{
    private long _whole;
    private double _fraction;

    public double Value => Volatile.Read(ref _whole) + Volatile.Read(ref _fraction);

    public void Increment() => Interlocked.Increment(ref _whole);

    /// <summary>Adds <paramref name="amount"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public void Add(double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var seen = Volatile.Read(ref _fraction);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _fraction, seen + amount, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    internal override void Write(string name, string labels, IBufferWriter<byte> output) => WriteSample(output, name, labels, Value);
}

/// <summary>A number that goes up and down.</summary>
public sealed class Gauge : Metric
{
    private double _value;

    public double Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    internal override void Write(string name, string labels, IBufferWriter<byte> output) => WriteSample(output, name, labels, Value);
}

/// <summary>Counts of values up to fixed bounds, and their sum.</summary>
public sealed class Histogram : Metric
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private readonly Counter _sum = new();

    internal Histogram(double[] bounds)
    {
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>Values observed.</summary>
    public long Count => _counts.Sum();

    /// <summary>Counts <paramref name="value"/>, which is not negative.</summary>
    public void Observe(double value)
    {
        var i = 0;
        while (i < _bounds.Length && value > _bounds[i])
        {
            i++;
        }

        Interlocked.Increment(ref _counts[i]);
        _sum.Add(value);
    }

    internal override void Write(string name, string labels, IBufferWriter<byte> output)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        long total = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            total += Volatile.Read(ref _counts[i]);
            var bound = i < _bounds.Length ? Number(_bounds[i]) : "+Inf";
            WriteSample(output, name + "_bucket", $"{prefix}le=\"{bound}\"", total);
        }

        WriteSample(output, name + "_sum", labels, _sum.Value);
        WriteSample(output, name + "_count", labels, total);
    }
}
