using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Knowledge;
using Cairn.Storage;

namespace Cairn.Apps;

/// <summary>Conversations by tenant and owner. What is read back passes <see cref="ConversationRights"/> first.</summary>
internal sealed class ConversationStore(IDatabase database, IDocuments documents, TimeProvider time)
{
    private const int LongestTitle = 80;
    private const int MostTurns = 6;
    private const int LongestTurn = 2000;

    private const string Select =
        "SELECT id, app, title, created, updated FROM conversations WHERE tenant = @tenant AND owner = @owner AND removed IS NULL";
    private const string SelectOne = Select + " AND id = @id";
    private const string SelectNewest = Select + " ORDER BY updated DESC, id DESC LIMIT @limit";
    private const string SelectMessages =
        "SELECT id, role, created, payload FROM messages WHERE tenant = @tenant AND conversation = @id ORDER BY position";

    private const string Insert = """
        INSERT INTO conversations (tenant, id, owner, app, title, created, updated) VALUES (@tenant, @id, @owner, @app, @title, @now, @now)
        """;

    // The row is locked by its update until the commit, so positions are given one at a time.
    private const string Touch =
        "UPDATE conversations SET updated = @now WHERE tenant = @tenant AND owner = @owner AND id = @id AND removed IS NULL";

    private const string InsertMessage = """
        INSERT INTO messages (tenant, id, conversation, position, role, created, payload)
        VALUES (@tenant, @id, @conversation, (SELECT COALESCE(MAX(position), 0) + 1 FROM messages WHERE tenant = @tenant AND conversation = @conversation), @role, @now, @payload)
        """;

    private const string Rename =
        "UPDATE conversations SET title = @title WHERE tenant = @tenant AND owner = @owner AND id = @id AND removed IS NULL";
    private const string SetRemoved = "UPDATE conversations SET removed = @removed WHERE tenant = @tenant AND owner = @owner AND id = @id";

    public Task<IReadOnlyList<Conversation>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<Conversation>>(async session =>
            [.. (await session.QueryAsync<ConversationRow>(SelectNewest, new { tenant = caller.Tenant, owner = Owner(caller), limit }))
                .Select(r => r.ToConversation())], cancellationToken);

    public async Task<(Conversation Conversation, IReadOnlyList<Message> Messages)> GetAsync(
        Principal caller, string id, CancellationToken cancellationToken)
    {
        var (conversation, messages) = await ReadAsync(caller, id, cancellationToken);
        return (conversation, [.. messages.Select(m => m.Message)]);
    }

    /// <summary>
    /// The last turns for an engine, checked like every read, cut to a sensible length; and the documents that went into them.
    /// </summary>
    public async Task<(ImmutableArray<ConversationTurn> Turns, ImmutableArray<string> Evidence)> TurnsAsync(
        Principal caller, string id, CancellationToken cancellationToken)
    {
        var (_, messages) = await ReadAsync(caller, id, cancellationToken);
        var last = messages.TakeLast(MostTurns).ToList();
        return (
            [.. last.Select(m => new ConversationTurn(m.Message.Role,
                m.Message.Text.Length > LongestTurn ? m.Message.Text[..LongestTurn] : m.Message.Text))],
            [.. last.SelectMany(m => m.Evidence).Distinct()]);
    }

    private async Task<(Conversation Conversation, IReadOnlyList<(Message Message, ImmutableArray<string> Evidence)> Messages)> ReadAsync(
        Principal caller, string id, CancellationToken cancellationToken)
    {
        var (conversation, rows) = await database.ReadAsync(async session =>
            (await session.FindAsync<ConversationRow>(SelectOne, new { tenant = caller.Tenant, owner = Owner(caller), id })
                ?? throw Unknown(id),
             await session.QueryAsync<MessageRow>(SelectMessages, new { tenant = caller.Tenant, id })), cancellationToken);
        var rights = new ConversationRights(documents, caller);
        var messages = new List<(Message, ImmutableArray<string>)>(rows.Count);
        foreach (var row in rows)
        {
            var stored = await rights.CheckAsync(JsonSerializer.Deserialize(row.Payload, AppsJson.Default.StoredMessage)!,
                cancellationToken);
            var message = new Message
            {
                Id = row.Id,
                Role = row.Role,
                Text = stored.Text,
                Answer = stored.Answer,
                Created = DateTimeOffset.FromUnixTimeMilliseconds(row.Created),
            };
            messages.Add((message, stored.Evidence));
        }
        return (conversation.ToConversation(), messages);
    }

    public async Task AppendAsync(WriteSession session, Principal caller, SavedTurn turn)
    {
        var (tenant, owner, now) = (caller.Tenant, Owner(caller), time.GetUtcNow().ToUnixTimeMilliseconds());
        if (turn.IsNew)
            await session.ExecuteAsync(Insert,
                new { tenant, id = turn.Conversation, owner, app = turn.App, title = Title(turn.Question), now });
        else if (await session.ExecuteAsync(Touch, new { tenant, owner, id = turn.Conversation, now }) == 0)
            throw Unknown(turn.Conversation);
        await AppendAsync(session, tenant, turn.Conversation, turn.QuestionId, "user", new StoredMessage { Text = turn.Question }, now);
        foreach (var document in turn.Answer.Citations.Select(c => c.Document).Distinct())
            await session.ExecuteAsync(CitedDocuments.Insert, new { tenant, owner, document });
        await AppendAsync(session, tenant, turn.Conversation, turn.AnswerId, "assistant",
            new StoredMessage { Text = turn.Answer.Text, Answer = turn.Answer, Evidence = turn.Evidence }, now);
    }

    public Task RenameAsync(Principal caller, string id, string title, CancellationToken cancellationToken)
        => ChangeAsync(Rename, new { tenant = caller.Tenant, owner = Owner(caller), id, title }, id, cancellationToken);

    public Task SetRemovedAsync(Principal caller, string id, bool removed, CancellationToken cancellationToken)
        => ChangeAsync(SetRemoved,
            new { tenant = caller.Tenant, owner = Owner(caller), id,
                removed = removed ? time.GetUtcNow().ToUnixTimeMilliseconds() : (long?)null }, id, cancellationToken);

    private Task<bool> ChangeAsync(string sql, object parameters, string id, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full,
            async session => await session.ExecuteAsync(sql, parameters) == 1 ? true : throw Unknown(id), cancellationToken);

    private static Task<int> AppendAsync(
        WriteSession session, string tenant, string conversation, string id, string role, StoredMessage message, long now)
        => session.ExecuteAsync(InsertMessage,
            new { tenant, id, conversation, role, now, payload = JsonSerializer.Serialize(message, AppsJson.Default.StoredMessage) });

    private static string Owner(Principal caller) => caller.User
        ?? throw new CairnException(ErrorKind.NotSignedIn, "conversation.visitor",
            "Conversations are kept only for somebody who is signed in.", "Sign in first.");

    private static CairnException Unknown(string id)
        => new(ErrorKind.NotFound, "conversation.unknown", $"There is no conversation '{id}' of yours.",
            "Start a new one, or pick one from the list.");

    private static string Title(string question)
    {
        var line = question.ReplaceLineEndings(" ");
        return line.Length <= LongestTitle
            ? line
            : line[..(char.IsHighSurrogate(line[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)] + "…";
    }

    private sealed class ConversationRow
    {
        public string Id { get; init; } = "";

        public string App { get; init; } = "";

        public string Title { get; init; } = "";

        public long Created { get; init; }

        public long Updated { get; init; }

        public Conversation ToConversation() => new()
        {
            Id = Id,
            App = App,
            Title = Title,
            Created = DateTimeOffset.FromUnixTimeMilliseconds(Created),
            Updated = DateTimeOffset.FromUnixTimeMilliseconds(Updated),
        };
    }

    private sealed class MessageRow
    {
        public string Id { get; init; } = "";

        public string Role { get; init; } = "";

        public long Created { get; init; }

        public string Payload { get; init; } = "";
    }
}
