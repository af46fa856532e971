using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkiDb.Onnx;

/// <summary>
/// Compiled into every project that uses ONNX Runtime: from 1.29 its Linux library keeps a device id in the home folder and
/// uploads usage events unless ORT_DISABLE_TELEMETRY is set before it is first used. Our programs call nobody unasked.
/// </summary>
internal static class NoOnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

#pragma warning disable CA2255 // A library may not rely on its callers here: the variable must be there before the first call.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // .NET keeps its own copy of the variables on Unix; native code reads the process's.
            _ = SetNative(Variable, "1", 1);
        }
    }

#pragma warning disable SYSLIB1054, CA2101, CA5392 // Two ASCII strings: generated marshalling would need unsafe code in every project.
    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNative(string name, string value, int overwrite);
#pragma warning restore SYSLIB1054, CA2101, CA5392
}
