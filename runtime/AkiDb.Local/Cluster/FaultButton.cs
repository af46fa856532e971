namespace AkiDb.Local.Cluster;

/// <summary>A fault as the page offers it.</summary>
/// <param name="Name">Last part of the path to post to.</param>
/// <param name="Title">What its button says.</param>
internal sealed record FaultButton(string Name, string Title);
