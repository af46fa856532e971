namespace AkiDb.SearchEngine.Filters;

/// <summary>What a search needs to know of a document without asking the store. Never changes: an update is a new card.</summary>
/// <param name="Id">The caller's id.</param>
/// <param name="Cells">Its metadata.</param>
internal sealed record DocumentCard(string Id, MetadataCell[] Cells);
