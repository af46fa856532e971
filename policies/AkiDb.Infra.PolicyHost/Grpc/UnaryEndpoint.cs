using Google.Protobuf;

namespace AkiDb.Infra.PolicyHost.Grpc;

/// <summary>Unary gRPC calls on Kestrel's HTTP/2: what Grpc.AspNetCore would do, for the one shape of call that is needed.</summary>
internal sealed class UnaryEndpoint(int longestMessage)
{
    /// <summary>Serves one method.</summary>
    public void Map<TRequest, TResponse>(IEndpointRouteBuilder routes, string path, Func<TRequest, CancellationToken, TResponse> method)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse> =>
        routes.MapPost(path, context => ServeAsync(context, async cancel =>
        {
            var bytes = await GrpcFrame.ReadAsync(context.Request.Body, longestMessage, cancel);
            var request = Parse<TRequest>(bytes);
            // Rules are pure computation: away from the thread that must keep reading frames, so that a cancellation is seen.
            var response = await Task.Run(() => method(request, cancel), cancel).WaitAsync(cancel);
            var frame = GrpcFrame.Write(response.CalculateSize(), span => response.WriteTo(span));
            await context.Response.Body.WriteAsync(frame, cancel);
        }));

    /// <summary>Answers every other path as gRPC does.</summary>
    public static void MapFallback(IEndpointRouteBuilder routes) => routes.MapFallback(context =>
        ServeAsync(context, _ => throw new GrpcException(GrpcStatus.Unimplemented, $"there is no method {context.Request.Path}")));

    private static async Task ServeAsync(HttpContext context, Func<CancellationToken, Task> call)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        context.Response.ContentType = "application/grpc";
        var (status, message) = (GrpcStatus.Ok, "");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            if (GrpcDeadline.Read(context.Request.Headers["grpc-timeout"]) is { } timeout)
                deadline.CancelAfter(timeout);
            await call(deadline.Token);
        }
        catch (GrpcException problem)
        {
            (status, message) = (problem.Status, problem.Message);
        }
        catch (OperationCanceledException)
        {
            (status, message) = context.RequestAborted.IsCancellationRequested
                ? (GrpcStatus.Cancelled, "the caller went away")
                : (GrpcStatus.DeadlineExceeded, "the caller's deadline has passed");
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // A broken request must not take the host down; the engine shows the message.
            (status, message) = (GrpcStatus.Internal, problem.Message);
        }

        if (context.RequestAborted.IsCancellationRequested)
            return;
        context.Response.AppendTrailer("grpc-status", ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (message.Length > 0)
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }

    private static T Parse<T>(byte[] bytes)
        where T : IMessage<T>, new()
    {
        try
        {
            return new MessageParser<T>(() => new T()).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, $"the message is no {typeof(T).Name}: {problem.Message}");
        }
    }
}
