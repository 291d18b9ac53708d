using System.Globalization;
using System.Text;

namespace Cairn.Models;

/// <summary>The JSON pointer (RFC 6901) of a node, found by walking down to it: nothing is kept for it while validating.</summary>
internal static class InstancePath
{
    public static string Of(Instance instance, int target)
    {
        var path = new StringBuilder();
        var at = 0;
        while (at != target)
        {
            var isObject = instance.Nodes[at].Kind == InstanceKind.Object;
            var child = at + 1;
            for (var ordinal = 0; ; ordinal++)
            {
                var value = isObject ? child + 1 : child;
                if (target < instance.Nodes[value].Next)
                {
                    path.Append('/').Append(isObject ? Escape(Name(instance, child)) : ordinal.ToString(CultureInfo.InvariantCulture));
                    // A name that is judged by itself is shown at its member.
                    at = target == child ? target : value;
                    break;
                }
                child = instance.Nodes[value].Next;
            }
        }
        return path.ToString();
    }

    public static string Escape(string name)
        => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Name(Instance instance, int at)
    {
        using var text = UnescapedText.Of(instance, at);
        return Encoding.UTF8.GetString(text.Bytes);
    }
}
