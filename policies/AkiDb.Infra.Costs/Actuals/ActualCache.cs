using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AkiDb.Infra.Costs.Actuals;

/// <summary>Keeps answers on disk for the day on which they were bought: asking twice a day costs once.</summary>
/// <param name="folder">Where; made when first needed.</param>
public sealed class ActualCache(string folder)
{
    /// <summary>The answer of today, or the answer of <paramref name="ask"/>, which is then kept.</summary>
    /// <param name="query">All that the answer depends on.</param>
    /// <param name="today">UTC.</param>
    /// <param name="ask">Is called where there is no answer of today.</param>
    public async Task<ImmutableArray<ActualCost>> GetAsync(string query, DateOnly today, Func<Task<ImmutableArray<ActualCost>>> ask)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..16];
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{today:yyyy-MM-dd}-{name}.json"));
        if (File.Exists(path))
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<ImmutableArray<ActualCost>>(stream);
        }

        var answer = await ask();
        Directory.CreateDirectory(folder);
        // Written aside and moved, so that a run that is stopped leaves no half file.
        var draft = $"{path}.{Environment.ProcessId}.new";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(answer));
        File.Move(draft, path, overwrite: true);
        return answer;
    }
}
