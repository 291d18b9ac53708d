using System.Collections.Frozen;

namespace Cairn.Models;

/// <summary>The general categories as ECMA-262 names them (its table of non-binary properties), to .NET's short names.</summary>
internal static class UnicodeCategories
{
    private static readonly FrozenDictionary<string, string> Short = """
        Letter L, Uppercase_Letter Lu, Lowercase_Letter Ll, Titlecase_Letter Lt, Modifier_Letter Lm, Other_Letter Lo, Mark M, Combining_Mark M,
        Nonspacing_Mark Mn, Spacing_Mark Mc, Enclosing_Mark Me, Number N, Decimal_Number Nd, digit Nd, Letter_Number Nl, Other_Number No, Punctuation P, punct P,
        Connector_Punctuation Pc, Dash_Punctuation Pd, Open_Punctuation Ps, Close_Punctuation Pe, Initial_Punctuation Pi, Final_Punctuation Pf, Other_Punctuation Po,
        Symbol S, Math_Symbol Sm, Currency_Symbol Sc, Modifier_Symbol Sk, Other_Symbol So, Separator Z, Space_Separator Zs, Line_Separator Zl, Paragraph_Separator Zp,
        Other C, Control Cc, cntrl Cc, Format Cf, Surrogate Cs, Private_Use Co, Unassigned Cn
        """.Split(',', StringSplitOptions.TrimEntries).Select(e => e.Split(' '))
        .ToFrozenDictionary(e => e[0], e => e[1], StringComparer.Ordinal);

    /// <returns>null for a property that is no general category.</returns>
    public static string? Find(string property)
    {
        foreach (var prefix in new[] { "General_Category=", "gc=" })
        {
            if (property.StartsWith(prefix, StringComparison.Ordinal))
                property = property[prefix.Length..];
        }
        var name = Short.GetValueOrDefault(property, property);
        return Short.Values.Contains(name) ? name : null;
    }
}
