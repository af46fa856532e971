using AkiDb.Local;

return await LocalCommand.Create().Parse(args).InvokeAsync();
