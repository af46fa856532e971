using System.Text.Json;
using AkiDb.SdkTool.Commands;
using AkiDb.SdkTool.Schema;
using AkiDb.SdkTool.Slices;

const string Usage = """
    usage: sdktool add TOKEN…            put resources or functions into the slices, with all types that they need
           sdktool list                  show what the slices hold
           sdktool check                 compare the slices with the npm packages and the recorded facts
           sdktool generate SCHEMA OUT   write the C# sources of a slice (the build does this)
    """;

try
{
    switch (args)
    {
        case ["generate", var schema, var output]:
            GenerateCommand.Run(schema, output);
            return 0;
        case ["add", .. var tokens]:
            AddCommand.Run(Workspace.Find(Environment.CurrentDirectory), tokens, Console.Out);
            return 0;
        case ["list"]:
            ListCommand.Run(Workspace.Find(Environment.CurrentDirectory), Console.Out);
            return 0;
        case ["check"]:
            return CheckCommand.Run(Workspace.Find(Environment.CurrentDirectory), Console.Out);
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception exception) when (exception is SchemaException or JsonException or IOException)
{
    // The form that MSBuild shows as a build error.
    Console.Error.WriteLine($"sdktool : error SDK0001: {exception.Message}");
    return 2;
}
