using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>An EC2 instance type by its name: <c>c7gn.2xlarge</c> is category c, generation 7, Graviton.</summary>
internal sealed partial record InstanceType(string Family, string Size)
{
    // Families on Graviton with the sizes that each generation is made in (written from memory in 2026-11; check
    // against the EC2 user guide, "Instance type specifications"). Which of them a region sells is for the component to look up; this rule asks whether the pool leaves a choice.
    private static readonly string[] Families =
    [
        "t4g", "c6g", "c6gd", "c6gn", "c7g", "c7gd", "c7gn", "c8g", "c8gd", "c8gn", "m6g", "m6gd", "m7g", "m7gd", "m8g", "m8gd",
        "r6g", "r6gd", "r7g", "r7gd", "r8g", "r8gd", "x2gd", "x8g", "i4g", "i8g",
    ];

    private static readonly string[] Sizes = ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];

    /// <summary>The arm64 types that requirements can choose from.</summary>
    public static ImmutableArray<InstanceType> Arm64 { get; } =
    [
        .. from family in Families
           from size in Sizes
           where Exists(family, size)
           select new InstanceType(family, size),
    ];

    /// <summary>Name in EC2.</summary>
    public string Name => $"{Family}.{Size}";

    /// <summary>Virtual CPUs; on Graviton a core each.</summary>
    public int Cpus => Size switch { "medium" => Family == "t4g" ? 2 : 1, "large" => 2, "xlarge" => 4, _ => int.Parse(Size.AsSpan(0, Size.IndexOf('x', StringComparison.Ordinal)), CultureInfo.InvariantCulture) * 4 };

    /// <summary>Value of a node label that Karpenter derives from the type; null where the type says nothing of it.</summary>
    public string? Label(string key) => key switch
    {
        "kubernetes.io/arch" => "arm64",
        "kubernetes.io/os" => "linux",
        "node.kubernetes.io/instance-type" => Name,
        "karpenter.k8s.aws/instance-family" => Family,
        "karpenter.k8s.aws/instance-size" => Size,
        "karpenter.k8s.aws/instance-category" => FamilyParts().Match(Family).Groups[1].Value,
        "karpenter.k8s.aws/instance-generation" => FamilyParts().Match(Family).Groups[2].Value,
        "karpenter.k8s.aws/instance-cpu" => Cpus.ToString(CultureInfo.InvariantCulture),
        "karpenter.k8s.aws/instance-hypervisor" => "nitro",
        _ => null,
    };

    /// <summary>True if the label is one that the type decides.</summary>
    public static bool Decides(string key) => new InstanceType("m7g", "large").Label(key) is not null;

    private static bool Exists(string family, string size) => size switch
    {
        "24xlarge" or "48xlarge" => family[1] == '8' || family == "x8g",
        "4xlarge" or "8xlarge" or "12xlarge" or "16xlarge" => family != "t4g",
        _ => true,
    };

    [GeneratedRegex("^([a-z]+)([0-9])")]
    private static partial Regex FamilyParts();
}
