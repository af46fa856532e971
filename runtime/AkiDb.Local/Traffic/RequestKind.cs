namespace AkiDb.Local.Traffic;

/// <summary>What a request asks for.</summary>
internal enum RequestKind
{
    /// <summary>A query by text: repeatable.</summary>
    Query,

    /// <summary>Texts to embed: repeatable.</summary>
    Embed,

    /// <summary>A document that is put: not repeatable for a proxy, since it is a POST that writes.</summary>
    Put,
}
