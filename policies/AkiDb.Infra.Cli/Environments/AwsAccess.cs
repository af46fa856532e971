using AkiDb.Infra.Costs.Aws;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>Clients of AWS for commands that ask it: credentials as the AWS tools find them, addresses of AWS or, for tests and
/// proxies, of <c>AWS_ENDPOINT_URL</c>.</summary>
internal static class AwsAccess
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Cost Explorer, which lives in us-east-1 for every account.</summary>
    public static AwsApiClient CostExplorer() => Create("https://ce.us-east-1.amazonaws.com", "us-east-1", "ce");

    /// <summary>The price list.</summary>
    public static AwsApiClient Pricing() => Create("https://api.pricing.us-east-1.amazonaws.com", "us-east-1", "pricing");

    /// <summary>EC2 of a region.</summary>
    public static AwsApiClient Ec2(string region) => Create($"https://ec2.{region}.amazonaws.com", region, "ec2");

    private static AwsApiClient Create(string address, string region, string service)
    {
        var told = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        return new AwsApiClient(Http, new Uri(told is { Length: > 0 } ? told : address), region, service, Credentials(), TimeProvider.System);
    }

    private static AWSCredentials Credentials()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException problem)
        {
            throw new BadInputException($"No AWS credentials were found ({problem.Message}); set AWS_PROFILE or sign in, e.g. 'aws sso login'.");
        }
    }
}
