using System.CommandLine;
using AkiDb.SearchEngine.Security;

namespace AkiDb.SearchEngine.Commands;

/// <summary><c>search key create</c>: makes an API key, shows it once and adds its hash to a key file.</summary>
internal static class KeyCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--keys") { Description = "Key file; made where there is none.", Required = true };
        var name = new Option<string>("--name") { Description = "Whose key it is; stands in logs.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = "What it allows: read, write, admin, separated by commas.", DefaultValueFactory = _ => "read" };
        var create = new Command("create", "Make a key.") { file, name, scopes };
        create.SetAction(arguments => Run(arguments.GetRequiredValue(file), arguments.GetRequiredValue(name), arguments.GetValue(scopes)!));
        return new Command("key", "API keys.") { create };
    }

    private static int Run(string path, string name, string scopeNames)
    {
        if (KeyFile.ParseScopes(scopeNames.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) is not { } scopes)
        {
            Console.Error.WriteLine($"search: --scopes '{scopeNames}' is not allowed; wanted one or more of read, write, admin, separated by commas.");
            return 2;
        }

        if (KeyFile.IsVariable(path))
        {
            Console.Error.WriteLine($"search: --keys '{path}' is a variable, which cannot be written; wanted a file.");
            return 2;
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            Console.Error.WriteLine("search: --name is empty; wanted whose key it is.");
            return 2;
        }

        List<ApiKey> keys = [];
        if (File.Exists(path))
        {
            keys = KeyFile.Read(path, out var problems);
            if (problems.Count > 0)
            {
                Console.Error.WriteLine("search: " + string.Join(Environment.NewLine, problems));
                return 2;
            }
        }

        keys.Add(ApiKey.Create(name, scopes, out var text));
        try
        {
            File.WriteAllText(path + ".new", KeyFile.Text(keys));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"search: --keys '{path}' cannot be written: {e.Message}");
            return 2;
        }

        Console.Error.WriteLine($"Keep it: only its SHA-256 is in {path}.");
        Console.WriteLine(text);
        return 0;
    }
}
