using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using Pulumi;

namespace AkiDb.TestKit;

/// <summary>The plan of a few lines of Pulumi code: how a component is tested.</summary>
public static class ProgramPlan
{
    /// <summary>Account that stand-in ARNs name; AWS' own documentation uses it.</summary>
    public const string AccountId = "111122223333";

    /// <summary>Evaluates <paramref name="program"/> as the only content of a stack <c>test</c> of project <c>akidb</c>.</summary>
    public static Task<StackPlan> OfAsync(Action program, TimeSpan? timeout = null) => OfAsync(_ => program(), timeout);

    /// <summary>The same, for a program that wants the stack, e.g. as a parent.</summary>
    public static Task<StackPlan> OfAsync(Action<Stack> program, TimeSpan? timeout = null)
    {
        var context = new EvaluationContext
        {
            Project = "akidb",
            Stack = "test",
            AccountId = AccountId,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };
        return OfflineEvaluation.EvaluateAsync(context, options => new ProgramStack(options, program));
    }

    private sealed class ProgramStack : Stack
    {
        public ProgramStack(StackOptions options, Action<Stack> program)
            : base(options) => program(this);
    }
}
