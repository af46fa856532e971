using System.Collections.Frozen;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Where AWS regions are, in degrees, to a tenth: the metropolitan area that AWS names each after ("AWS Regions", read
/// 2026-11). Good enough to say which of two is nearer.</summary>
internal static class RegionPlaces
{
    public static FrozenDictionary<string, (double Latitude, double Longitude)> All { get; } = new Dictionary<string, (double, double)>
    {
        ["us-east-1"] = (38.9, -77.4),
        ["us-east-2"] = (40.0, -83.0),
        ["us-west-2"] = (45.8, -119.7),
        ["ca-central-1"] = (45.5, -73.6),
        ["sa-east-1"] = (-23.5, -46.6),
        ["eu-central-1"] = (50.1, 8.7),
        ["eu-west-1"] = (53.3, -6.3),
        ["eu-west-2"] = (51.5, -0.1),
        ["eu-north-1"] = (59.3, 18.1),
        ["ap-northeast-1"] = (35.7, 139.7),
        ["ap-northeast-2"] = (37.6, 127.0),
        ["ap-southeast-1"] = (1.4, 103.8),
        ["ap-southeast-2"] = (-33.9, 151.2),
        ["ap-south-1"] = (19.1, 72.9),
    }.ToFrozenDictionary();
}
