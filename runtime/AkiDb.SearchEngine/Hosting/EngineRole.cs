namespace AkiDb.SearchEngine.Hosting;

/// <summary>What a process of the search engine does.</summary>
internal enum EngineRole
{
    /// <summary>Takes writes, keeps the record, publishes it. There is one.</summary>
    Writer,

    /// <summary>Follows what the writer publishes, answers queries, passes writes on to the writer.</summary>
    Reader,

    /// <summary>Only turns texts into vectors; has no store.</summary>
    Embed,
}
