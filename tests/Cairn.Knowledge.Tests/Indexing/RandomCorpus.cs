using System.Collections.Immutable;

namespace Cairn.Knowledge.Tests;

/// <summary>Random documents over a small vocabulary, with random access, sources and tenants; repeatable by its seed.</summary>
internal sealed class RandomCorpus(int seed)
{
    private static readonly string[] Groups = ["legal", "sales", "hr", "yard", "crew"];
    private static readonly string[] Users = ["ann", "ben", "cho"];
    private static readonly string[] Sources = ["handbook", "contracts", "mail"];

    private static readonly string[] Related = ["truck", "lorry", "what", "fee", "price", "charge", "the", "ship", "vessel", "container"];

    private readonly Random _random = new(seed);
    private long _nextPassage = 1;

    public Dictionary<(string Tenant, string Document), DocumentPassages> Documents { get; } = [];

    /// <summary>A new or changed document, by chance an emptied one.</summary>
    public DocumentPassages Change(int documents, int maxPassages)
    {
        var (tenant, id) = (_random.Next(8) == 0 ? "other" : Tenants.Default, "document-" + _random.Next(documents));
        var passages = _random.Next(8) == 0 ? 0 : _random.Next(1, maxPassages + 1);
        var (source, access, superseded, title) = (Pick(Sources), Access(), _random.Next(6) == 0, Words(2));
        var document = new DocumentPassages(tenant, id,
            [.. Enumerable.Range(0, passages).Select(_ => Passage(id, source, access, superseded, title))]);
        Documents.Remove((tenant, id));
        if (passages > 0)
            Documents[(tenant, id)] = document;
        return document;
    }

    public Principal Caller() => _random.Next(6) switch
    {
        0 => Principal.Owner(),
        1 => Principal.Visitor(),
        2 => new Principal { Tenant = "other", User = Pick(Users) },
        _ => new Principal { Tenant = Tenants.Default, User = Pick(Users), Groups = [.. Groups.Where(_ => _random.Next(3) == 0)] },
    };

    public string[]? SourceFilter() => _random.Next(3) == 0 ? [Pick(Sources)] : null;

    /// <summary>Words by a law like Zipf's, among them some that the thesaurus relates, and words of grammar.</summary>
    public string Words(int count)
        => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word((int)Math.Exp(_random.NextDouble() * 5.5))));

    public int Next(int below) => _random.Next(below);

    private Passage Passage(string document, string source, AccessSet access, bool superseded, string title)
    {
        var text = Words(1 + (int)Math.Exp(_random.NextDouble() * 4.5));
        return new Passage
        {
            Id = _nextPassage++, Document = document, Version = 1, Source = source, Path = document + ".md", Title = title,
            HeadingPath = Words(_random.Next(3)), Start = 0, End = text.Length, Text = text, Access = access, Superseded = superseded,
            Changed = DateTimeOffset.UnixEpoch,
        };
    }

    private AccessSet Access()
    {
        var set = new AccessSet { Layers = [List()] };
        return _random.Next(4) == 0 ? set.Narrow(List()) : set;
    }

    private AccessList List() => _random.Next(4) switch
    {
        0 => new AccessList { Allow = [Subject.Everyone], Deny = [Subject.ForUser(Pick(Users))] },
        1 => new AccessList { Allow = [Subject.Public] },
        2 => new AccessList(),
        _ => new AccessList { Allow = [.. Enumerable.Range(0, 2).Select(_ => Subject.ForGroup(Pick(Groups)))] },
    };

    private static string Word(int rank) => rank % 7 == 3 ? Related[rank / 7 % Related.Length] : "w" + rank;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
