using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Generation;

/// <summary>Writes functions: a static class with InvokeAsync and Invoke, its two args classes and its result.</summary>
internal sealed class FunctionWriter(ArgsWriter args, OutputTypeWriter outputs, CodeWriter code)
{
    public void Write(FunctionSpec function)
    {
        var name = CSharpNames.Class(function.Token);
        if (function.Outputs is null)
            throw new SchemaException($"{function.Token}: a function without a result is not supported; extend FunctionWriter for this one.");
        code.Block($"public static class {name}", () =>
        {
            Invoke(function, name, "Task", "InvokeAsync", $"{name}Args");
            Invoke(function, name, "Output", "Invoke", $"{name}InvokeArgs");
            InvokeAfter(function, name);
        });
        if (function.Inputs is { } inputs)
        {
            args.Write(function.Token, $"{name}Args", inputs, ArgsKind.PlainFunction);
            args.Write(function.Token, $"{name}InvokeArgs", inputs, ArgsKind.OutputFunction);
        }

        outputs.Write(function.Token, $"{name}Result", function.Outputs);
    }

    private void Invoke(FunctionSpec function, string name, string wrapper, string method, string argsClass)
    {
        var (parameter, value) = function.Inputs switch
        {
            null => ("", "InvokeArgs.Empty"),
            { HasRequired: true } => ($"{argsClass} args, ", $"args ?? new {argsClass}()"),
            _ => ($"{argsClass}? args = null, ", $"args ?? new {argsClass}()"),
        };
        code.Line($"public static {wrapper}<{name}Result> {method}({parameter}InvokeOptions? options = null)");
        code.Line($"    => global::Pulumi.Deployment.Instance.{method}<{name}Result>({CodeWriter.Quote(function.Token)}, {value}, options.WithDefaults());");
    }

    // The form that waits for resources; its options are not optional, so that a call without options is the form above.
    private void InvokeAfter(FunctionSpec function, string name)
    {
        var (parameter, value) = function.Inputs is null
            ? ("", "InvokeArgs.Empty")
            : ($"{name}InvokeArgs args, ", $"args ?? new {name}InvokeArgs()");
        code.Line($"public static Output<{name}Result> Invoke({parameter}InvokeOutputOptions options)");
        code.Line($"    => global::Pulumi.Deployment.Instance.Invoke<{name}Result>({CodeWriter.Quote(function.Token)}, {value}, options.WithDefaults());");
    }
}
