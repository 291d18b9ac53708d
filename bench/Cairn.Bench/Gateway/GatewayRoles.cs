using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime;
using System.Text.Json;
using Cairn.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cairn.Bench;

/// <summary>
/// What the suite's own child processes do: say <c>ready PORT KEY</c>, serve, and answer <c>allocated</c> and <c>compiled</c> until their
/// standard input ends.
/// </summary>
internal static class GatewayRoles
{
    public static async Task RunAsync(string role, IReadOnlyList<string> arguments)
    {
        var upstream = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 0;
        switch (role)
        {
            case "upstream":
                await ServeAsync(GatewayUpstream.AnswerAsync);
                break;
            case "bare":
                await ServeAsync(BareProxy(upstream));
                break;
            case PredictionServer.Role:
                await PredictionServer.RunAsync();
                break;
            default:
                await ServeCairnAsync(upstream, role == "all-on");
                break;
        }
    }

    private static async Task ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        await ObeyAsync(new Uri(app.Urls.First()).Port, "-");
    }

    /// <summary>The least that a proxy does: body there, body back, nothing looked at.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "It lives as long as the process.")]
    private static RequestDelegate BareProxy(int upstream)
    {
        var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        var address = new Uri($"http://127.0.0.1:{upstream}/v1/chat/completions");
        return async context =>
        {
            var content = new StreamContent(context.Request.Body);
            content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            content.Headers.ContentLength = context.Request.ContentLength;
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var response = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
            for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0;)
                await context.Response.BodyWriter.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        };
    }

    private static async Task ServeCairnAsync(int upstream, bool everything)
    {
        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        try
        {
            GatewayWorkspace.Write(folder.FullName, upstream, everything);
            var socket = Path.Combine(folder.FullName, ".cairn", "cairn.sock");
            await using var host = await CairnHost.StartAsync(new CairnHostOptions
            {
                Workspace = folder.FullName,
                Socket = socket,
                Port = 0,
            }, CancellationToken.None);
            using var owner = Owner(socket);
            using var made = await owner.PostAsync("/api/v1/users",
                JsonContent.Create(new Dictionary<string, string> { ["name"] = "bench" }));
            using var key = await owner.PostAsync("/api/v1/keys",
                JsonContent.Create(new Dictionary<string, string> { ["user"] = "bench" }));
            using var json = JsonDocument.Parse(await key.Content.ReadAsStringAsync());
            await ObeyAsync(host.Address!.Port, json.RootElement.GetProperty("key").GetString()!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static async Task ObeyAsync(int port, string key)
    {
        Console.WriteLine($"ready {port} {key}");
        while (await Console.In.ReadLineAsync() is { } order)
        {
            var answer = order == "allocated" ? GC.GetTotalAllocatedBytes(precise: true) : JitInfo.GetCompiledMethodCount();
            Console.WriteLine(answer.ToString(CultureInfo.InvariantCulture));
        }
    }

    internal static HttpClient Owner(string path) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost/") };
}
