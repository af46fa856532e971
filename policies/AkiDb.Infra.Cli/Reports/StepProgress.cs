namespace AkiDb.Infra.Cli.Reports;

/// <summary>Tells that a step is still running, on standard error, once it has taken a second; short steps stay silent.</summary>
internal static class StepProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="step"/>.</summary>
    public static async Task<T> ShowAsync<T>(string title, Func<Task<T>> step)
    {
        var work = Task.Run(step);
        for (var seconds = 1; await Task.WhenAny(work, Task.Delay(Patience)) != work; seconds++)
        {
            // A terminal gets one line that counts; a log gets one line in all.
            if (!Console.IsErrorRedirected)
                await Console.Error.WriteAsync($"\r{title} … {seconds} s");
            else if (seconds == 1)
                await Console.Error.WriteLineAsync($"{title} …");
        }

        if (!Console.IsErrorRedirected)
            await Console.Error.WriteAsync("\r\e[K");
        return await work;
    }
}
