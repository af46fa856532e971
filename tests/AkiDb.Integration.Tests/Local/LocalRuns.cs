namespace AkiDb.Integration.Tests.Local;

/// <summary>Whole systems on this machine, judged by their latency: one at a time, and nothing beside them.</summary>
[CollectionDefinition(nameof(LocalRuns), DisableParallelization = true)]
public sealed class LocalRuns;
