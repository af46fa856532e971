using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Queues, topics, buses and schedules, and a budget that acts.</summary>
internal static class MessagingCharges
{
    private const decimal DaysPerMonth = BillingMonth.Hours / 24;

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add("aws:sqs/queue:Queue", (queue, context) =>
            [Charge.ByUsage("Requests", queue.Flag("fifoQueue") ? "sqs.fifo" : "sqs.standard", context.Usage.Number("queues.requests"), "queues.requests")]);
        catalogue.Add("aws:sns/topic:Topic", (_, context) =>
            [Charge.ByUsage("Messages published", "sns.publish", context.Usage.Number("topics.publishes"), "topics.publishes")]);
        catalogue.Add("aws:cloudwatch/eventBus:EventBus", (_, context) =>
            [Charge.ByUsage("Custom events", "events.custom", context.Usage.Number("events.custom"), "events.custom")]);
        catalogue.Add("aws:scheduler/schedule:Schedule", (_, context) =>
            [Charge.ByUsage("Runs", "scheduler.invocation", context.Usage.Number("schedules.runs"), "schedules.runs")]);
        catalogue.Add("aws:budgets/budgetAction:BudgetAction", (_, _) => [new Charge("Budget with an action", "budgets.action", DaysPerMonth)]);
    }
}
