using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

public sealed class DenyByDefaultTests
{
    /// <summary>The only addresses that answer somebody who is not signed in. A new one is a decision: think, then add it here.</summary>
    private static readonly string[] Open = ["/healthz", "/readyz", "/sign-in", "/sign-in/{token}", "/assets/{hash}/{name}"];

    [Fact]
    public async Task Every_endpoint_but_the_named_ones_refuses_a_visitor()
    {
        await using var server = await TestServer.StartAsync();
        var endpoints = server.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 15, "The endpoints were not found.");
        foreach (var endpoint in endpoints)
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.Equal((pattern, Open.Contains(pattern)), (pattern, open));
            if (open)
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Fill(endpoint.RoutePattern));
                using var response = await server.Visitor.SendAsync(request);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized,
                    $"{method} {pattern} answered a visitor with {(int)response.StatusCode}");
            }
        }
    }

    private static string Fill(RoutePattern pattern)
        => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "1",
        }))));
}
