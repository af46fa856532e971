namespace Pulumi;

/// <summary>An input whose type is only known at run time.</summary>
internal interface IInput
{
    IOutput ToUntypedOutput();
}

/// <summary>An input whose elements are inputs themselves, so that one unknown element does not hide the others.</summary>
internal interface IInputCollection
{
    IOutput Elements { get; }
}

/// <summary>What a resource property takes: a plain value or an output.</summary>
public class Input<T> : IInput
{
    private readonly Output<T>? _value;

    private protected Input(Output<T> outputValue)
        => _value = outputValue ?? throw new ArgumentNullException(nameof(outputValue));

    /// <summary>For inputs that compute their value from elements.</summary>
    private protected Input()
    {
    }

    private protected virtual Output<T> Value => _value!;

    /// <summary>A plain value is an input that is known.</summary>
    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    /// <summary>An output is an input.</summary>
    /// <exception cref="ArgumentNullException">The output is null.</exception>
    public static implicit operator Input<T>(Output<T> value) => new(value);

    /// <summary>An input is an output.</summary>
    public static implicit operator Output<T>(Input<T> input) => input.Value;

    IOutput IInput.ToUntypedOutput() => Value;
}
