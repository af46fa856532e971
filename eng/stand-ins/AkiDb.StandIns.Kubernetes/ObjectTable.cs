using System.Globalization;
using System.Text.Json.Nodes;

namespace AkiDb.StandIns.Kubernetes;

/// <summary>The objects of a <see cref="FakeApiServer"/>, with one growing version for all, as etcd's revision is. Thread-safe.</summary>
internal sealed class ObjectTable
{
    private readonly Dictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(long Version, string Key, string Type, JsonObject Object)> _log = [];
    private readonly Lock _lock = new();
    private long _version = 1_000;
    private long _compacted;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    /// <summary>Ends when anything changes after this call.</summary>
    public Task Changed => _changed.Task;

    public JsonObject? Find(string key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key)?.DeepClone().AsObject();
        }
    }

    public IReadOnlyList<JsonObject> List(string prefix)
    {
        lock (_lock)
        {
            return [.. _objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value.DeepClone().AsObject())];
        }
    }

    /// <summary>Changes or makes an object in one step; the change sees what is there, or null.</summary>
    public JsonObject Write(string key, Func<JsonObject?, JsonObject> change)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault(key);
            var after = change(before?.DeepClone().AsObject());
            var metadata = after["metadata"]!.AsObject();
            metadata["uid"] = before?["metadata"]?["uid"]?.ToString() ?? Guid.NewGuid().ToString();
            metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
            _objects[key] = after;
            Log(key, before is null ? "ADDED" : "MODIFIED", after);
            return after.DeepClone().AsObject();
        }
    }

    /// <summary>Removes an object, if it is there.</summary>
    public void Remove(string key)
    {
        lock (_lock)
        {
            if (_objects.Remove(key, out var before))
            {
                before["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
                Log(key, "DELETED", before);
            }
        }
    }

    /// <summary>Events after a version; null if some of them are forgotten. After version 0, which stands for any, what is there now
    /// comes as if it were added: kubernetes.io/docs/reference/using-api/api-concepts, "Get State and Start at Any".</summary>
    public IReadOnlyList<(long Version, string Type, JsonObject Object)>? After(long version, string prefix)
    {
        lock (_lock)
        {
            return version == 0
                ? [.. _objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => (VersionOf(pair.Value), "ADDED", pair.Value.DeepClone().AsObject())).OrderBy(entry => entry.Item1)]
                : version < _compacted
                ? null
                : [.. _log.Where(entry => entry.Version > version && entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (entry.Version, entry.Type, entry.Object))];
        }
    }

    /// <summary>Forgets the events so far, as etcd's compaction does.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _log.Clear();
            _compacted = ++_version;
        }
    }

    private static long VersionOf(JsonObject value) => long.Parse(value["metadata"]!["resourceVersion"]!.ToString(), CultureInfo.InvariantCulture);

    private void Log(string key, string type, JsonObject value)
    {
        _log.Add((_version, key, type, value.DeepClone().AsObject()));
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
