using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// The lexical index: passages in, ranked passages out; no database. Writes come from one caller at a time and are seen by searches that
/// start afterwards; searches run beside them and beside each other. With a folder it is kept on disk by <see cref="Commit"/>.
/// </summary>
public sealed class LexicalIndex
{
    private const string SegmentSuffix = ".segment";

    /// <summary>Passages held in memory before they are written to a file, committed or not.</summary>
    private const int MaxInMemory = 60_000;

    private readonly Bm25Parameters _parameters;
    private readonly string? _folder;
    private readonly Lock _writing = new();
    private readonly Lock _merging = new();
    private readonly ConcurrentBag<LexicalSearch> _searches = [];
    private volatile IndexSnapshot _snapshot = IndexSnapshot.Empty;
    private readonly ConcurrentDictionary<string, bool> _beingWritten = new();
    private int _nextSegment = 1;

    private LexicalIndex(string? folder, Bm25Parameters? parameters)
    {
        _folder = folder;
        _parameters = parameters ?? Bm25Parameters.Default;
    }

    /// <summary>The position in the change feed that the last commit recorded.</summary>
    public long CommittedPosition { get; private set; }

    /// <summary>What the last commit recorded of the change at that position; empty when it recorded nothing.</summary>
    public string CommittedMark { get; private set; } = "";

    /// <summary>Bytes of all segments.</summary>
    public long Size => _snapshot.Views.Sum(v => v.Segment.Size);

    public int SegmentCount => _snapshot.Views.Count;

    public static LexicalIndex InMemory(Bm25Parameters? parameters = null) => new(null, parameters);

    /// <summary>Opens what was committed in a folder, checksums verified; an empty index when there is nothing.</summary>
    /// <exception cref="CairnException"><c>index.damaged</c>: a file is missing or altered.</exception>
    public static LexicalIndex Open(string folder, Bm25Parameters? parameters = null)
    {
        Directory.CreateDirectory(folder);
        var index = new LexicalIndex(folder, parameters);
        var manifest = IndexManifest.Read(folder) ?? IndexManifest.Empty;
        var views = manifest.Segments.Select(entry =>
        {
            var view = new SegmentView(Segment.Open(Path.Combine(folder, entry.Name)));
            return entry.Deleted.Count == 0 ? view : view.Without(entry.Deleted.Select(d => ((int)d, (int)d + 1)));
        });
        index._snapshot = new IndexSnapshot([.. views]);
        (index._nextSegment, index.CommittedPosition, index.CommittedMark) = (manifest.NextSegment, manifest.Position, manifest.Mark);
        index.DeleteUnused();
        return index;
    }

    /// <summary>Deletes an index's files; other files in the folder stay.</summary>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + SegmentSuffix)
            .Concat(Directory.EnumerateFiles(folder, IndexManifest.FileName + "*")))
            File.Delete(file);
    }

    /// <summary>Replaces all that is held of each document by its passages (none: the document goes).</summary>
    public void Apply(IEnumerable<DocumentPassages> documents)
    {
        lock (_writing)
        {
            var latest = new Dictionary<(string, string), DocumentPassages>();
            foreach (var document in documents)
                latest[(document.Tenant, document.Document)] = document;
            var views = Without(_snapshot.Views, latest.Keys);
            var builder = new SegmentBuilder();
            foreach (var document in latest.Values)
                builder.Add(document);
            if (builder.PassageCount > 0)
                views.Add(new SegmentView(InMemorySegment(builder.Write)));
            _snapshot = new IndexSnapshot(views);
            CollapseMemory();
        }
    }

    /// <summary>Writes everything to the folder, as the state at a position of the change feed.</summary>
    /// <param name="mark">Names the change at the position, so that another history of the same length is told apart.</param>
    public void Commit(long position, string mark = "")
    {
        var folder = _folder ?? throw new InvalidOperationException("An index in memory has nowhere to be committed to.");
        lock (_writing)
        {
            SpillMemory();
            var entries = _snapshot.Views.Select(v => new IndexManifest.Entry(Path.GetFileName(v.Segment.Path!), v.DeletedPassages));
            new IndexManifest(position, mark, _nextSegment, [.. entries]).Write(folder);
            (CommittedPosition, CommittedMark) = (position, mark);
            DeleteUnused();
        }
    }

    /// <summary>Does one merge if one is due. May run beside searches and writes; one at a time.</summary>
    /// <returns>True when it merged: there may be more to do.</returns>
    public bool Merge()
    {
        lock (_merging)
            return Merge(MergePolicy.Due(_snapshot.Views));
    }

    /// <summary>Makes one segment of all; the index takes least room and searches are fastest.</summary>
    public void MergeAll()
    {
        lock (_merging)
            Merge(_snapshot.Views.Count > 1 || _snapshot.Views.Any(v => v.DeletedPassages.Length > 0) ? _snapshot.Views : []);
    }

    /// <summary>What a caller may see, of some sources or (null) of all.</summary>
    public IndexScope Scope(Principal caller, ImmutableArray<string>? sources = null)
        => new(_snapshot, _parameters, g => g.Tenant == caller.Tenant && sources?.Contains(g.Source) != false && g.Access.Allows(caller));

    /// <summary>True when nothing was written since the scope was made.</summary>
    public bool IsCurrent(IndexScope scope) => scope.Snapshot == _snapshot;

    public LexicalHits Search(IndexScope scope, LexicalQuery query, int top)
    {
        var search = _searches.TryTake(out var pooled) ? pooled : new LexicalSearch();
        var hits = search.Search(scope, query, top);
        _searches.Add(search);
        return hits;
    }

    private static List<SegmentView> Without(
        IReadOnlyList<SegmentView> views, IReadOnlyCollection<(string Tenant, string Document)> documents)
    {
        var kept = new List<SegmentView>(views.Count);
        foreach (var view in views)
        {
            var ranges = new List<(int Start, int End)>();
            foreach (var (tenant, document) in documents)
            {
                foreach (var found in view.Segment.FindDocuments(document))
                {
                    var start = view.Segment.DocumentStart(found);
                    if (!view.IsDeleted((uint)start) && view.Segment.Groups[view.Segment.GroupOf(start)].Key.Tenant == tenant)
                        ranges.Add((start, view.Segment.Document(found).End));
                }
            }
            var remaining = ranges.Count == 0 ? view : view.Without(ranges);
            if (remaining.LivePassages > 0)
                kept.Add(remaining);
        }
        return kept;
    }

    private static Segment InMemorySegment(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        return Segment.InMemory(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private Segment FileSegment(Action<Stream> write)
    {
        var name = $"{Interlocked.Increment(ref _nextSegment):D8}{SegmentSuffix}";
        var path = Path.Combine(_folder!, name);
        _beingWritten[name] = true;
        using (var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }
        return Segment.Open(path);
    }

    /// <summary>Keeps the segments in memory few; past the limit they become a file.</summary>
    private void CollapseMemory()
    {
        var inMemory = _snapshot.Views.Where(v => v.Segment.Path is null).ToList();
        if (_folder is not null && inMemory.Sum(v => v.Segment.PassageCount) > MaxInMemory)
            SpillMemory();
        else if (inMemory.Count > MergePolicy.Factor && inMemory.Sum(v => v.Segment.PassageCount) <= MaxInMemory)
            Replace(inMemory, InMemorySegment);
    }

    private void SpillMemory()
    {
        var inMemory = _snapshot.Views.Where(v => v.Segment.Path is null).ToList();
        if (inMemory.Count > 0)
            Replace(inMemory, FileSegment);
    }

    private void Replace(List<SegmentView> views, Func<Action<Stream>, Segment> make)
    {
        var merged = new SegmentView(make(new SegmentMerger(views).Write));
        _snapshot = new IndexSnapshot([.. _snapshot.Views.Except(views), merged]);
        Written(merged.Segment);
    }

    private void Written(Segment segment)
    {
        if (segment.Path is not null)
            _beingWritten.TryRemove(Path.GetFileName(segment.Path), out _);
    }

    private bool Merge(IReadOnlyList<SegmentView> views)
    {
        if (views.Count == 0)
            return false;
        var merger = new SegmentMerger(views);
        var segment = _folder is null ? InMemorySegment(merger.Write) : FileSegment(merger.Write);
        lock (_writing)
        {
            var merged = new SegmentView(segment);
            var since = new List<(int, int)>();
            for (var v = 0; v < views.Count; v++)
            {
                var current = _snapshot.Views.FirstOrDefault(c => c.Segment == views[v].Segment);
                for (var passage = 0; passage < views[v].Segment.PassageCount; passage++)
                {
                    var number = merger.Numbers[v][passage];
                    if (number >= 0 && (current is null || current.IsDeleted((uint)passage)))
                        since.Add((number, number + 1));
                }
            }
            if (since.Count > 0)
                merged = merged.Without(since);
            var inputs = views.Select(v => v.Segment).ToHashSet();
            var kept = _snapshot.Views.Where(v => !inputs.Contains(v.Segment));
            _snapshot = new IndexSnapshot(merged.LivePassages > 0 ? [.. kept, merged] : [.. kept]);
            Written(segment);
            return true;
        }
    }

    /// <summary>Deletes files that neither the last committed state nor the current one needs.</summary>
    private void DeleteUnused()
    {
        var used = _snapshot.Views.Select(v => Path.GetFileName(v.Segment.Path)).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(_folder!, "*" + SegmentSuffix))
        {
            if (!used.Contains(Path.GetFileName(file)) && !_beingWritten.ContainsKey(Path.GetFileName(file)))
                File.Delete(file);
        }
    }
}
