namespace Pulumi;

/// <summary>
/// Resources whose registration somebody may wait for together. Members are only ever added, so a wait reuses the wait before
/// it: asking after each of n additions costs n steps in all, not n².
/// </summary>
internal sealed class RegistrationGroup
{
    private readonly Lock _lock = new();
    private readonly List<Resource> _members = [];
    private Task _registered = Task.CompletedTask;
    private int _covered;

    public void Add(Resource member)
    {
        lock (_lock)
        {
            _members.Add(member);
        }
    }

    /// <summary>Ends when all members so far are registered; fails if one fails.</summary>
    public Task WhenAllAsync()
    {
        lock (_lock)
        {
            if (_covered < _members.Count)
            {
                _registered = Task.WhenAll(_members.Skip(_covered).Select(member => (Task)member.Urn.DataTask).Prepend(_registered));
                _covered = _members.Count;
            }

            return _registered;
        }
    }

    /// <summary>Whether all members so far have an id, once that is clear.</summary>
    public async Task<bool> AllHaveIdsAsync()
    {
        CustomResource[] members;
        lock (_lock)
        {
            members = [.. _members.OfType<CustomResource>()];
        }

        foreach (var member in members)
        {
            if (!(await member.Id.DataTask.ConfigureAwait(false)).IsKnown)
            {
                return false;
            }
        }

        return true;
    }
}
