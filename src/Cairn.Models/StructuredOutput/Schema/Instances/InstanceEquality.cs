namespace Cairn.Models;

/// <summary>Equality as JSON Schema has it (core, section 4.2.2): numbers by value, strings by characters, objects without order.</summary>
internal static class InstanceEquality
{
    public static bool AreEqual(ref Evaluation e, Instance left, int l, Instance right, int r)
    {
        e.Step();
        ref readonly var a = ref left.Nodes[l];
        ref readonly var b = ref right.Nodes[r];
        if (a.Kind != b.Kind)
            return false;
        switch (a.Kind)
        {
            case InstanceKind.Null:
                return true;
            case InstanceKind.Boolean:
                return a.Length == b.Length;
            case InstanceKind.Number:
                return left.Token(l).SequenceEqual(right.Token(r)) || ExactNumber.Compare(new(left.Token(l)), new(right.Token(r))) == 0;
            case InstanceKind.String:
                return TextsEqual(ref e, left, l, right, r);
            case InstanceKind.Array:
                if (a.Length != b.Length)
                    return false;
                for (int x = l + 1, y = r + 1; x < a.Next; x = left.Nodes[x].Next, y = right.Nodes[y].Next)
                {
                    if (!AreEqual(ref e, left, x, right, y))
                        return false;
                }
                return true;
            default:
                return a.Length == b.Length && MembersEqual(ref e, left, l, right, r);
        }
    }

    private static bool MembersEqual(ref Evaluation e, Instance left, int l, Instance right, int r)
    {
        for (var x = l + 1; x < left.Nodes[l].Next; x = left.Nodes[x + 1].Next)
        {
            var found = false;
            for (var y = r + 1; y < right.Nodes[r].Next && !found; y = right.Nodes[y + 1].Next)
            {
                e.Step();
                found = TextsEqual(ref e, left, x, right, y) && AreEqual(ref e, left, x + 1, right, y + 1);
            }
            if (!found)
                return false;
        }
        return true;
    }

    private static bool TextsEqual(ref Evaluation e, Instance left, int l, Instance right, int r)
    {
        if (!left.Nodes[l].Escaped && !right.Nodes[r].Escaped)
            return left.Token(l).SequenceEqual(right.Token(r));
        using var a = UnescapedText.Of(left, l);
        using var b = UnescapedText.Of(right, r);
        return a.Bytes.SequenceEqual(b.Bytes);
    }

    /// <summary>Equal values have equal hashes.</summary>
    public static int Hash(ref Evaluation e, Instance instance, int at)
    {
        e.Step();
        ref readonly var node = ref instance.Nodes[at];
        var hash = new HashCode();
        hash.Add((int)node.Kind);
        switch (node.Kind)
        {
            case InstanceKind.Boolean:
                hash.Add(node.Length);
                break;
            case InstanceKind.Number:
                hash.Add(new ExactNumber(instance.Token(at)).Hash());
                break;
            case InstanceKind.String:
                using (var text = UnescapedText.Of(instance, at))
                    hash.AddBytes(text.Bytes);
                break;
            case InstanceKind.Array:
                for (var item = at + 1; item < node.Next; item = instance.Nodes[item].Next)
                    hash.Add(Hash(ref e, instance, item));
                break;
            case InstanceKind.Object:
                var sum = 0;
                for (var name = at + 1; name < node.Next; name = instance.Nodes[name + 1].Next)
                    sum += HashCode.Combine(Hash(ref e, instance, name), Hash(ref e, instance, name + 1));
                hash.Add(sum);
                break;
        }
        return hash.ToHashCode();
    }
}
