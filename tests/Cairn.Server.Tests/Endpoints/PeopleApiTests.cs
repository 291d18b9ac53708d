using System.Net;
using System.Net.Http.Json;

namespace Cairn.Server.Tests;

public sealed class PeopleApiTests
{
    [Fact]
    public async Task A_second_person_is_invited_by_a_link_and_sees_who_they_are()
    {
        await using var server = await TestServer.StartAsync();
        var ann = await TestServer.PostAsync(server.Owner, "/api/v1/users", new { name = "ann", groups = new[] { "legal" } });
        Assert.Equal("legal", ann.GetProperty("groups")[0].GetString());

        using var browser = await server.BrowserAsync(await server.LinkAsync("ann"));

        var me = await TestServer.GetAsync(browser, "/api/v1/me");
        Assert.Equal(("ann", "legal", "member"),
            (me.GetProperty("user").GetString(), me.GetProperty("groups")[0].GetString(), me.GetProperty("roles")[0].GetString()));
        Assert.Equal(["use", "callModels"], me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal((403, "not-permitted"), await TestServer.ProblemAsync(await browser.GetAsync("/api/v1/users")));
        Assert.Equal((403, "not-permitted"), await TestServer.ProblemAsync(await browser.GetAsync("/api/v1/doctor")));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_listed_by_its_beginning()
    {
        await using var server = await TestServer.StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        var mine = await TestServer.PostAsync(ann, "/api/v1/keys", new { });
        Assert.Equal("ann", mine.GetProperty("user").GetString());

        var keys = (await TestServer.GetAsync(ann, "/api/v1/keys")).GetProperty("keys");

        Assert.Equal(2, keys.GetArrayLength());
        Assert.DoesNotContain(mine.GetProperty("key").GetString()!.Split('.')[1], keys.ToString());
        Assert.StartsWith(keys[1].GetProperty("prefix").GetString()!, mine.GetProperty("key").GetString());
        using var revoked = await ann.DeleteAsync($"/api/v1/keys/{mine.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(1, (await TestServer.GetAsync(ann, "/api/v1/keys")).GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task A_removed_name_is_given_to_nobody_new_and_restored_without_its_old_keys()
    {
        await using var server = await TestServer.StartAsync();
        using var ann = await server.KeyClientAsync("ann", "crew");
        using (var removed = await server.Owner.DeleteAsync("/api/v1/users/ann"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        Assert.Equal((409, "user.removed"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/users", new { name = "ann" })));
        Assert.Equal((409, "user.removed"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/users", new { name = "Ann", restore = false })));
        Assert.Equal((404, "user.unknown"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/users", new { name = "bob", restore = true })));
        var back = await TestServer.PostAsync(server.Owner, "/api/v1/users", new { name = "ann", restore = true });

        Assert.Equal("ann", back.GetProperty("name").GetString());
        Assert.Equal((401, "key.invalid"), await TestServer.ProblemAsync(await ann.GetAsync("/api/v1/me")));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_even_where_the_socket_would_do()
    {
        await using var server = await TestServer.StartAsync();
        server.Owner.DefaultRequestHeaders.Authorization = new("Bearer", "cairn_wrong");

        Assert.Equal((401, "key.invalid"), await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/me")));
    }

    [Fact]
    public async Task Only_the_owner_looks_with_another_user_s_eyes()
    {
        await using var server = await TestServer.StartAsync();
        using var ann = await server.KeyClientAsync("ann", "legal");
        async Task<HttpResponseMessage> MeAs(HttpClient client, string user)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.Add("X-Cairn-As", user);
            return await client.SendAsync(request);
        }

        using var asAnn = await MeAs(server.Owner, "ann");
        Assert.Contains("\"user\":\"ann\"", await asAnn.Content.ReadAsStringAsync());
        Assert.Equal((404, "user.unknown"), await TestServer.ProblemAsync(await MeAs(server.Owner, "nobody")));
        Assert.Equal((403, "as.not-permitted"), await TestServer.ProblemAsync(await MeAs(ann, "owner")));
        Assert.Equal((403, "as.not-permitted"), await TestServer.ProblemAsync(await MeAs(server.Visitor, "owner")));
    }

    [Fact]
    public async Task Groups_in_groups_count_from_the_next_request()
    {
        await using var server = await TestServer.StartAsync();
        using var ann = await server.KeyClientAsync("ann", "crew");
        using var put = await server.Owner.PutAsJsonAsync("/api/v1/groups/harbour/members", new { members = new[] { "group:crew" } });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        Assert.Equal(["crew", "harbour"],
            (await TestServer.GetAsync(ann, "/api/v1/me")).GetProperty("groups").EnumerateArray().Select(g => g.GetString()));
        Assert.Equal((400, "group.cycle"),
            await TestServer.ProblemAsync(await server.Owner.PutAsJsonAsync("/api/v1/groups/crew/members",
                new { members = new[] { "group:harbour" } })));
    }

    [Theory]
    [InlineData("{\"name\": ", 400, "request.invalid")]
    [InlineData("{}", 400, "request.invalid")]
    [InlineData("{\"name\": \"ann\", \"colour\": \"red\"}", 400, "request.invalid")]
    [InlineData("{\"name\": \"two words\"}", 400, "user.name")]
    [InlineData("{\"name\": \"ann\", \"roles\": [\"king\"]}", 400, "user.role")]
    public async Task A_body_that_does_not_fit_is_refused_with_the_reason(string body, int status, string code)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal((status, code),
            await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/users",
                new StringContent(body, null, "application/json"))));
    }

    [Fact]
    public async Task Another_media_type_and_a_huge_body_are_refused()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal((415, "body.media-type"),
            await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/users",
                new StringContent("name=ann", null, "text/plain"))));
        using var huge = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = new StringContent("\""
            + new string('x', 2 << 20) + "\"", null, "application/json") };
        huge.Headers.ExpectContinue = true;
        Assert.Equal((413, "body.too-large"), await TestServer.ProblemAsync(await server.Owner.SendAsync(huge)));
    }

    [Fact]
    public async Task The_doctor_names_what_it_looked_at()
    {
        await using var server = await TestServer.StartAsync();

        var checks = (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).GetProperty("checks").EnumerateArray().ToList();

        Assert.Contains(checks, c => c.GetProperty("name").GetString() == "database"
            && c.GetProperty("detail").GetString()!.Contains("SQLite", StringComparison.Ordinal));
        Assert.Contains(checks, c => c.GetProperty("name").GetString() == "dotnet" && c.GetProperty("status").GetString() == "ok");
        Assert.All(checks.Where(c => c.GetProperty("status").GetString() != "ok"), c => Assert.NotEmpty(c.GetProperty("fix").GetString()!));
    }
}
