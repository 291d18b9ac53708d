using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cairn.Server.Tests;

/// <summary>What every call through the gateway would pay for, though only few requests use it.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task A_request_is_known_to_nobody_who_was_not_given_it()
    {
        await using var server = await TestServer.StartAsync();
        // With an accessor each request gets a context of its own, and each of its awaits carries it along.
        Assert.Null(server.Host.Services.GetService<IHttpContextAccessor>());
    }

    [Fact]
    public void A_page_is_given_its_request_as_a_cascading_parameter()
    {
        var asking = typeof(CairnHost).Assembly.GetTypes()
            .Where(t => t.GetProperties(Own).Any(p => p.PropertyType == typeof(IHttpContextAccessor)));
        Assert.Empty(asking.Select(t => t.Name));
    }

    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public async Task No_log_keeps_scopes()
    {
        await using var server = await TestServer.StartAsync();
        Assert.False(server.Host.Services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.CaptureScopes);
    }
}
