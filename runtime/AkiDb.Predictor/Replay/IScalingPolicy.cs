namespace AkiDb.Predictor.Replay;

/// <summary>Decides a replay's replicas, once a minute.</summary>
internal interface IScalingPolicy
{
    /// <summary>Name as reports show it and <c>--policy</c> takes it.</summary>
    string Name { get; }

    /// <summary>Replicas to have, decided at the end of a minute.</summary>
    /// <param name="minute">The minute that has just ended: all traffic up to and with it is known, none after it.</param>
    /// <param name="replicas">Replicas as they are.</param>
    int Decide(int minute, int replicas);
}
