namespace AkiDb.Router.Proxy;

/// <summary>How one attempt at one address ended.</summary>
internal enum AttemptEnd
{
    /// <summary>The answer was passed on, or is complete in hand.</summary>
    Answered,

    /// <summary>The address answered with a server error and nothing of it was passed on.</summary>
    ServerError,

    /// <summary>No connection: nothing was sent.</summary>
    NotSent,

    /// <summary>The connection broke, or the answer was not HTTP; nothing was passed on.</summary>
    Broken,

    /// <summary>
    /// The address cut the connection of a request with a long body, as a server does that has refused it; says nothing about the address.
    /// </summary>
    UploadCut,

    /// <summary>The connection broke after a part of the answer was passed on.</summary>
    BrokenMidway,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The client left, or sent a broken request; says nothing about the address.</summary>
    ClientFault,
}
