using System.Diagnostics;
using System.Globalization;

namespace AkiDb.Benchmarks.Index;

/// <summary>A peer in its own process, which waits on its input while others are measured.</summary>
internal sealed class PeerProcess : IContestant
{
    private readonly Process _process;

    public PeerProcess(string name, ProcessStartInfo start, int vectors)
    {
        Name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var built = ReadNumbers(skip: 1);
        (BuildSeconds, BuildCpuSeconds) = (built[0], built[1]);
        BytesPerVector = built[2] / vectors;
    }

    public string Name { get; }

    public double BuildSeconds { get; }

    public double BuildCpuSeconds { get; }

    public double BytesPerVector { get; }

    public Pass Run(int width, int threads)
    {
        _process.StandardInput.WriteLine($"search {width} {threads}");
        _process.StandardInput.Flush();
        var numbers = ReadNumbers(skip: 0);
        return new Pass(numbers[0], numbers[1], numbers[2]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double[] ReadNumbers(int skip)
    {
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} ended with exit code {ExitCode()}; its message is above.");
        return [.. line.Split(' ').Skip(skip).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    private int ExitCode()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }
}
