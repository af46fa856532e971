using System.Collections.Frozen;
using static AkiDb.Infra.Cli.Reports.Picture.PictureGroup;
using static AkiDb.Infra.Cli.Reports.Picture.PictureShape;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Which types have a picture. To give another type one, add its line; the layout finds a place for it.</summary>
internal static class PictureCatalog
{
    public const string Vpc = "aws:ec2/vpc:Vpc";
    public const string Subnet = "aws:ec2/subnet:Subnet";
    public const string Endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
    public const string InternetGateway = "aws:ec2/internetGateway:InternetGateway";
    public const string Cluster = "aws:eks/cluster:Cluster";
    public const string Distribution = "aws:cloudfront/distribution:Distribution";
    public const string FunctionUrl = "aws:lambda/functionUrl:FunctionUrl";
    public const string Function = "aws:lambda/function:Function";

    private static readonly FrozenDictionary<string, PictureKind> Kinds = new Dictionary<string, PictureKind>
    {
        ["aws:route53/zone:Zone"] = new("DNS zone", Edge, Card, "globe") { LabelPaths = ["name"] },
        ["aws:route53/record:Record"] = new("DNS record", Edge, Chip, "globe") { LabelPaths = ["name"] },
        ["aws:acm/certificate:Certificate"] = new("Certificate", Edge, Card, "shield") { LabelPaths = ["domainName"] },
        ["aws:wafv2/webAcl:WebAcl"] = new("Firewall", Edge, Card, "shield") { LabelPaths = ["name"] },
        [Distribution] = new("CloudFront", Edge, Card, "globe") { LabelPaths = ["aliases[0]", "comment"], DetailPaths = ["priceClass"] },
        ["aws:cloudfront/function:Function"] = new("Edge function", Edge, Card, "function") { LabelPaths = ["name"], DetailPaths = ["runtime"] },
        ["aws:globalaccelerator/accelerator:Accelerator"] = new("Global accelerator", Edge, Card, "globe") { LabelPaths = ["name"] },

        ["aws:lb/loadBalancer:LoadBalancer"] = new("Load balancer", Entry, Card, "balance") { LabelPaths = ["name"], DetailPaths = ["loadBalancerType"], Inside = [Vpc] },
        [Vpc] = new("VPC", Network, Box, "network") { DetailPaths = ["cidrBlock"] },
        [Subnet] = new("Subnet", PrivateSubnets, Card, "") { LabelPaths = ["availabilityZoneId", "availabilityZone"], DetailPaths = ["cidrBlock"], Inside = [Vpc] },
        ["aws:ec2/natGateway:NatGateway"] = new("NAT", Network, Chip, "network") { Inside = [Subnet, Vpc] },
        [InternetGateway] = new("Internet gateway", Network, Chip, "globe") { Inside = [Vpc] },
        [Endpoint] = new("Endpoint", Network, Chip, "network") { LabelPaths = ["serviceName"], Inside = [Vpc] },

        [Cluster] = new("EKS", PictureGroup.Cluster, Box, "cluster") { LabelPaths = ["name"], DetailPaths = ["version"], Inside = [Vpc] },
        ["aws:eks/addon:Addon"] = new("Add-on", AddOns, Chip, "puzzle") { LabelPaths = ["addonName"], Inside = [Cluster] },
        ["kubernetes:helm.sh/v3:Release"] = new("Helm release", AddOns, Chip, "puzzle") { LabelPaths = ["name", "chart"], Inside = [Cluster] },
        ["kubernetes:helm.sh/v4:Chart"] = new("Helm chart", AddOns, Chip, "puzzle") { LabelPaths = ["name", "chart"], Inside = [Cluster] },
        ["aws:eks/nodeGroup:NodeGroup"] = new("Node group", Capacity, Card, "nodes")
        {
            LabelPaths = ["nodeGroupName"],
            DetailPaths = ["capacityType", "scalingConfig", "instanceTypes"],
            Inside = [Cluster],
        },
        ["aws:eks/fargateProfile:FargateProfile"] = new("Fargate profile", Capacity, Card, "nodes") { LabelPaths = ["fargateProfileName"], Inside = [Cluster] },
        ["kubernetes:karpenter.sh/v1:NodePool"] = new("Node pool", Capacity, Card, "nodes")
        {
            LabelPaths = ["metadata.name"],
            DetailPaths = ["spec.template.spec.requirements", "spec.limits"],
            Inside = [Cluster],
        },
        ["kubernetes:apps/v1:Deployment"] = Workload("Deployment"),
        ["kubernetes:apps/v1:StatefulSet"] = Workload("Stateful set"),
        ["kubernetes:apps/v1:DaemonSet"] = Workload("Daemon set"),
        ["kubernetes:batch/v1:CronJob"] = Workload("Scheduled job"),
        ["kubernetes:batch/v1:Job"] = Workload("Job"),
        ["kubernetes:networking.k8s.io/v1:Ingress"] = new("Ingress", Entry, Card, "balance") { LabelPaths = ["metadata.name"], Inside = [Cluster] },

        [Function] = new("Lambda", Functions, Card, "function") { LabelPaths = ["name"], DetailPaths = ["architectures[0]", "memorySize"] },
        ["aws:s3/bucket:Bucket"] = new("Bucket", Storage, Card, "bucket") { NamePath = "bucket" },
        ["aws:ecr/repository:Repository"] = new("Image registry", Storage, Card, "box") { LabelPaths = ["name"] },
        ["aws:efs/fileSystem:FileSystem"] = new("File system", Storage, Card, "bucket") { LabelPaths = ["creationToken"] },
        ["aws:dynamodb/table:Table"] = new("Table", Data, Card, "database") { LabelPaths = ["name"], DetailPaths = ["billingMode"] },
        ["aws:elasticache/replicationGroup:ReplicationGroup"] = new("Cache", Data, Card, "database") { LabelPaths = ["replicationGroupId"], DetailPaths = ["nodeType"] },
        ["aws:elasticache/serverlessCache:ServerlessCache"] = new("Cache", Data, Card, "database") { LabelPaths = ["name"], DetailPaths = ["engine"] },
        ["aws:rds/cluster:Cluster"] = new("Database", Data, Card, "database") { LabelPaths = ["clusterIdentifier"], DetailPaths = ["engine"] },

        ["aws:sqs/queue:Queue"] = new("Queue", Messaging, Card, "queue") { LabelPaths = ["name"] },
        ["aws:sns/topic:Topic"] = new("Topic", Messaging, Card, "queue") { LabelPaths = ["name"] },
        ["aws:cloudwatch/eventRule:EventRule"] = new("Event rule", Messaging, Chip, "queue") { LabelPaths = ["name"] },
        ["aws:cloudwatch/dashboard:Dashboard"] = new("Dashboard", Observability, Card, "chart") { LabelPaths = ["dashboardName"] },
        ["aws:cloudwatch/metricAlarm:MetricAlarm"] = new("Alarm", Observability, Chip, "chart") { LabelPaths = ["name"] },
        ["aws:cloudwatch/logGroup:LogGroup"] = new("Log group", Observability, Chip, "chart") { LabelPaths = ["name"] },
    }.ToFrozenDictionary();

    /// <summary>How a type is drawn; null where it has no picture.</summary>
    public static PictureKind? Of(string type) => Kinds.GetValueOrDefault(type);

    private static PictureKind Workload(string title) => new(title, Workloads, Card, "workload")
    {
        LabelPaths = ["metadata.name"],
        DetailPaths = ["spec.replicas", "spec.schedule"],
        Inside = [Cluster],
    };
}
