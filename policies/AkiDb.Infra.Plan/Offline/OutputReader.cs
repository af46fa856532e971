using System.Reflection;
using AkiDb.Infra.Plan.Values;
using Pulumi;
using Pulumi.Utilities;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>A stack output as a plan value.</summary>
internal static class OutputReader
{
    private static readonly MethodInfo Typed = typeof(OutputReader).GetMethod(nameof(ReadTyped), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="output">An <see cref="Output{T}"/> of any T.</param>
    public static Task<PlanValue> ReadAsync(object? output) =>
        output?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Output<>)
            ? (Task<PlanValue>)Typed.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [output])!
            : throw new ArgumentException($"A stack output is a {output?.GetType().Name ?? "null"}; want Output<T>.", nameof(output));

    private static async Task<PlanValue> ReadTyped<T>(Output<T> output)
    {
        if (await Output.IsSecretAsync(output))
            return SecretValue.Instance;
        return await OutputUtilities.GetIsKnownAsync(output)
            ? WireInputs.Read(await OutputUtilities.GetValueAsync(output))
            : UnknownValue.Instance;
    }
}
