using System.Net;

namespace Cairn.Server.Tests;

public sealed class PeopleFormTests
{
    [Fact]
    public async Task The_page_asks_whether_a_removed_name_is_the_same_person_again()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        await TestServer.PostAsync(server.Owner, "/api/v1/users", new { name = "ann" });
        using (var removed = await server.Owner.DeleteAsync("/api/v1/users/ann"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        using var asked = await browser.SendFormAsync("/people/invite", ("name", "ann"), ("groups", "crew"), ("role", "builder"));
        var question = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        using var answered = await browser.SendFormAsync("/people/invite",
            ("name", "ann"), ("groups", "crew"), ("role", "builder"), ("restore", "true"));

        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        Assert.Contains("Is it the same person again?", question, StringComparison.Ordinal);
        foreach (var (name, value) in new[] { ("name", "ann"), ("groups", "crew"), ("role", "builder"), ("restore", "true") })
            Assert.Contains($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\"", question, StringComparison.Ordinal);
        Assert.Contains("A link for ann", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
