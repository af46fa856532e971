using AkiDb.CommandLine;
using AkiDb.Local;

return await CommandLineProgram.RunAsync(LocalCommand.Create(), "akidb local", args);
