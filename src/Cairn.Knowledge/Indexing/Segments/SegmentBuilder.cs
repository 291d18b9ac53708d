namespace Cairn.Knowledge;

/// <summary>Analyses passages and writes them as one segment. Postings are kept by passage and turned round at the end.</summary>
internal sealed class SegmentBuilder
{
    private readonly Vocabulary _vocabulary = new();
    private readonly List<BuiltDocument> _documents = [];
    private readonly List<long> _passageIds = [];
    private readonly List<byte> _lengths = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _terms = [];
    private readonly List<byte> _codes = [];
    private readonly List<int> _touched = [];
    private int[] _frequencies = new int[1024];

    public int PassageCount => _passageIds.Count;

    public void Add(DocumentPassages document)
    {
        if (document.Passages.Count == 0)
            return;
        var group = PassageGroup.Of(document.Tenant, document.Passages[0]);
        _documents.Add(new BuiltDocument(document.Document, group, _passageIds.Count, document.Passages.Count));
        foreach (var passage in document.Passages)
        {
            if (PassageGroup.Of(document.Tenant, passage) != group)
                throw new ArgumentException($"The passages of document {document.Document} differ in source, access or being superseded.",
                    nameof(document));
            Add(passage);
        }
    }

    public void Write(Stream output)
    {
        _documents.Sort(static (a, b) => a.Group.CompareTo(b.Group) is var order and not 0
            ? order
            : a.FirstPassage.CompareTo(b.FirstPassage));
        var origin = new int[PassageCount];
        var documents = new List<SegmentDocument>(_documents.Count);
        var groups = new List<SegmentGroup>();
        var passage = 0;
        foreach (var document in _documents)
        {
            if (groups.Count == 0 || groups[^1].Key != document.Group)
                groups.Add(new SegmentGroup(document.Group, passage, 0));
            documents.Add(new SegmentDocument(document.Id, passage, passage + document.Passages));
            for (var i = 0; i < document.Passages; i++)
                origin[passage++] = document.FirstPassage + i;
        }
        var writer = new SegmentWriter(output, [.. origin.Select(o => _lengths[o])]);
        WriteTerms(writer, origin);
        writer.Finish([.. origin.Select(o => _passageIds[o])], documents, groups);
    }

    private void Add(Passage passage)
    {
        var length = Count(passage.Text, FieldWeights.Body);
        Count(passage.Title, FieldWeights.Title);
        Count(passage.HeadingPath, FieldWeights.Heading);
        _touched.Sort();
        foreach (var term in _touched)
        {
            _terms.Add(term);
            _codes.Add(FrequencyCode.Encode(_frequencies[term]));
            _frequencies[term] = 0;
        }
        _touched.Clear();
        _starts.Add(_terms.Count);
        _passageIds.Add(passage.Id);
        _lengths.Add(LengthCode.Encode(length));
    }

    private int Count(string text, int weight)
    {
        var words = 0;
        var tokenizer = new Tokenizer(text, stackalloc char[Tokenizer.BufferLength]);
        while (tokenizer.Read())
        {
            var term = _vocabulary.Number(tokenizer);
            if (term >= _frequencies.Length)
                Array.Resize(ref _frequencies, _frequencies.Length * 2);
            if (_frequencies[term] == 0)
                _touched.Add(term);
            _frequencies[term] += weight;
            if (!tokenizer.IsJoined)
                words++;
        }
        return words;
    }

    private void WriteTerms(SegmentWriter writer, int[] origin)
    {
        var ends = new int[_vocabulary.Count];
        foreach (var term in _terms)
            ends[term]++;
        for (var (term, sum) = (0, 0); term < ends.Length; term++)
            (ends[term], sum) = (sum, sum + ends[term]);
        var passages = new uint[_terms.Count];
        var codes = new byte[_terms.Count];
        for (var passage = 0; passage < origin.Length; passage++)
        {
            for (var i = _starts[origin[passage]]; i < _starts[origin[passage] + 1]; i++)
            {
                var at = ends[_terms[i]]++;
                (passages[at], codes[at]) = ((uint)passage, _codes[i]);
            }
        }
        var order = Enumerable.Range(0, ends.Length).ToArray();
        Array.Sort(order, (a, b) => _vocabulary[a].AsSpan().SequenceCompareTo(_vocabulary[b]));
        foreach (var term in order)
        {
            var start = term == 0 ? 0 : ends[term - 1];
            writer.Term(_vocabulary[term], passages.AsSpan(start..ends[term]), codes.AsSpan(start..ends[term]));
        }
    }

    private sealed record BuiltDocument(string Id, PassageGroup Group, int FirstPassage, int Passages);
}
