using System.CommandLine;
using AkiDb.Local;

// Ending every server takes longer than the two seconds that are the default.
return await LocalCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
