using Cairn.Identity;

namespace Cairn.EndToEnd.Tests;

/// <summary>Two keys, and those that are made.</summary>
internal sealed class FakeKeys(bool empty) : IKeys
{
    private readonly List<ApiKey> _keys = empty ? [] :
    [
        new()
        {
            Id = "01jd8w0v3e5r7t9y2q4s6d8f0g",
            User = "anna",
            Prefix = "cairn_01jd8w0v3e5r7t9y2q4s6d8f0g",
            Created = HarbourPapers.Now.AddDays(-40),
            LastUsed = HarbourPapers.Now.AddMinutes(-3),
        },
        new()
        {
            Id = "01jd8w0v3e5r7t9y2q4s6d8f1h",
            User = "conor",
            Prefix = "cairn_01jd8w0v3e5r7t9y2q4s6d8f1h",
            Created = HarbourPapers.Now.AddDays(-2),
        },
    ];

    public Task<NewApiKey> CreateAsync(Principal caller, string user, CancellationToken cancellationToken)
    {
        if (user is not ("anna" or "conor" or "rosa"))
            throw new CairnException(ErrorKind.NotFound, "user.unknown", $"There is nobody called {user}.",
                "See who there is: cairn user list");
        _keys.Add(new()
        {
            Id = "01jd8w0v3e5r7t9y2q4s6d8f2j",
            User = user,
            Prefix = "cairn_01jd8w0v3e5r7t9y2q4s6d8f2j",
            Created = HarbourPapers.Now,
        });
        return Task.FromResult(new NewApiKey("01jd8w0v3e5r7t9y2q4s6d8f2j",
            "cairn_01jd8w0v3e5r7t9y2q4s6d8f2j.x7k2m9q4w1z8c5v3b6n0t2r7y4p1s8d5", user));
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(Principal caller, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ApiKey>>([.. _keys]);

    public Task RevokeAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        _keys.RemoveAll(k => k.Id == id);
        return Task.CompletedTask;
    }

    public ValueTask<Principal?> AuthenticateAsync(string key, CancellationToken cancellationToken) => new((Principal?)null);
}
