using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>JSON of values that hold outputs.</summary>
/// <remarks>
/// JSON converters cannot wait. So a pass writes what is resolved already and collects what is not; the tasks are awaited and
/// the pass is repeated. No thread ever blocks on an output.
/// </remarks>
internal static class JsonWithOutputs
{
    private static readonly JsonSerializerOptions DefaultOptions = WithConverters(new JsonSerializerOptions());

    public static async Task<OutputData<string>> WriteAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.DataTask.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return new(data.Resources, "", IsKnown: false, data.IsSecret);
        }

        var effective = Effective(options);
        while (true)
        {
            var pass = new JsonOutputPass();
            string json;
            using (pass.Enter())
            {
                json = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(data.Value, effective));
            }

            if (pass.Pending.Count > 0)
            {
                await Task.WhenAll(pass.Pending).ConfigureAwait(false);
                continue;
            }

            var resources = data.Resources.Union(pass.Resources);
            return new(resources, pass.SawUnknown ? "" : json, !pass.SawUnknown, data.IsSecret || pass.SawSecret);
        }
    }

    public static async Task<OutputData<T>> ReadAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.DataTask.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return new(data.Resources, default!, IsKnown: false, data.IsSecret);
        }

        var pass = new JsonOutputPass { ReadResources = data.Resources, ReadSecret = data.IsSecret };
        using (pass.Enter())
        {
            return new(data.Resources, JsonSerializer.Deserialize<T>(data.Value, Effective(options))!, IsKnown: true, data.IsSecret);
        }
    }

    private static JsonSerializerOptions Effective(JsonSerializerOptions? options)
        => options is null ? DefaultOptions : WithConverters(new JsonSerializerOptions(options));

    private static JsonSerializerOptions WithConverters(JsonSerializerOptions options)
    {
        options.Converters.Add(new OutputJsonConverterFactory());
        return options;
    }
}

/// <summary>What one pass over a value met. Serialisation is synchronous, so the current pass is a thread's.</summary>
internal sealed class JsonOutputPass
{
    [ThreadStatic]
    private static JsonOutputPass? _current;

    public static JsonOutputPass Current
        => _current ?? throw new InvalidOperationException("Outputs can be written as JSON only by Output.JsonSerialize.");

    public List<Task> Pending { get; } = [];

    public HashSet<Resource> Resources { get; } = [];

    public bool SawUnknown { get; set; }

    public bool SawSecret { get; set; }

    public ImmutableHashSet<Resource> ReadResources { get; init; } = ImmutableHashSet<Resource>.Empty;

    public bool ReadSecret { get; init; }

    public Scope Enter()
    {
        var outer = _current;
        _current = this;
        return new Scope(outer);
    }

    internal readonly struct Scope(JsonOutputPass? outer) : IDisposable
    {
        public void Dispose() => _current = outer;
    }
}
