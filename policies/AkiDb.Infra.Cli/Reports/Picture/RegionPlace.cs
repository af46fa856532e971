using System.Collections.Frozen;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Where a region is (AWS Regions and Availability Zones, read 2026-11): most people know the city, not the code.</summary>
internal static class RegionPlace
{
    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>
    {
        ["us-east-1"] = "N. Virginia",
        ["us-east-2"] = "Ohio",
        ["us-west-1"] = "N. California",
        ["us-west-2"] = "Oregon",
        ["ca-central-1"] = "Montreal",
        ["sa-east-1"] = "São Paulo",
        ["eu-central-1"] = "Frankfurt",
        ["eu-central-2"] = "Zurich",
        ["eu-west-1"] = "Ireland",
        ["eu-west-2"] = "London",
        ["eu-west-3"] = "Paris",
        ["eu-north-1"] = "Stockholm",
        ["eu-south-1"] = "Milan",
        ["ap-northeast-1"] = "Tokyo",
        ["ap-northeast-2"] = "Seoul",
        ["ap-northeast-3"] = "Osaka",
        ["ap-southeast-1"] = "Singapore",
        ["ap-southeast-2"] = "Sydney",
        ["ap-south-1"] = "Mumbai",
    }.ToFrozenDictionary();

    public static string? Of(string region) => Places.GetValueOrDefault(region);
}
