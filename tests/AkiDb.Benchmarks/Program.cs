if (args is ["plain-yarp", var listen, var destination])
{
    await AkiDb.Benchmarks.Router.PlainYarp.RunAsync(listen, destination, CancellationToken.None);
}
