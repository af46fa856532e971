using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Messaging;

/// <summary>No topic policy lets in the world.</summary>
internal sealed class TopicNotForAnyone() : ResourcePolicyRule("aws:sns/topicPolicy:TopicPolicy", "aws:sns/topic:Topic")
{
    public override RuleAbout About { get; } = new("sns-no-public-policy", Severity.High,
        title: "Topic policies allow nobody and everybody nothing",
        why: "Anyone could subscribe to the alarms, or wake the person on call.",
        fix: "Name the publishing service, with aws:SourceAccount or aws:SourceArn.",
        frameworks: ["CKV_AWS_169", "SNS.4"]);
}
