using System.Text.Json.Serialization;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>What settled a decision.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScalingReason>))]
internal enum ScalingReason
{
    /// <summary>The wanted number is there already.</summary>
    Enough,

    /// <summary>More, because current traffic needs them.</summary>
    Traffic,

    /// <summary>More, because the forecast does.</summary>
    Forecast,

    /// <summary>More, because no forecast is used and current traffic is planned with more room.</summary>
    Headroom,

    /// <summary>More, but fewer than the forecast wants: its step is limited.</summary>
    StepLimit,

    /// <summary>Fewer would do, but have not done for long enough.</summary>
    ScaleInWait,

    /// <summary>Fewer would do, but too few to bother.</summary>
    ScaleInBand,

    /// <summary>Fewer.</summary>
    ScaleIn,

    /// <summary>Back between the bounds, which have changed or were overstepped by someone else.</summary>
    Bounds,

    /// <summary>As it is: current traffic is not known, and nothing is taken away blindly.</summary>
    TrafficUnknown,
}
