using System.Collections.Concurrent;

namespace AkiDb.SearchEngine.Filters;

/// <summary>
/// Numbers for the field names of a collection. Grows only, until the next start; its bound keeps hostile metadata from filling the memory.
/// </summary>
internal sealed class FieldNames
{
    /// <summary>Most field names of one collection that filters can use.</summary>
    public const int Maximum = 1_024;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile bool _isIncomplete;

    /// <summary>Names so far.</summary>
    public int Count => _numbers.Count;

    /// <summary>Whether documents have names beyond the most, of which nothing is known here.</summary>
    public bool IsIncomplete => _isIncomplete;

    /// <summary>The field's number; −1 where no document has it.</summary>
    public int Find(string name) => _numbers.TryGetValue(name, out var number) ? number : -1;

    /// <summary>The field's number, a new one if need be; −1 where there are too many already. One thread calls it.</summary>
    public int FindOrAdd(string name)
    {
        if (_numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        number = _numbers.Count;
        if (number >= Maximum)
        {
            _isIncomplete = true;
            return -1;
        }

        _numbers[name] = number;
        return number;
    }
}
