using AkiDb.Infra.PolicyHost;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

// The engine starts this with its own address as the argument; nothing here calls back to it.
await using var application = PolicyHostApplication.Create(
    ExemptionSearch.From(Directory.GetCurrentDirectory(), AppContext.BaseDirectory), TimeProvider.System);
await application.StartAsync();

// The engine reads the port from the first line of standard output.
var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
Console.WriteLine(new Uri(address).Port);
await application.WaitForShutdownAsync();
