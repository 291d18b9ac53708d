namespace Cairn.Knowledge.Tests;

public sealed class GlobTests
{
    [Theory]
    [InlineData("**", "a/b/c.md", true)]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("**/*.md", "a/b/c.md", true)]
    [InlineData("**/*.md", "a/b/c.mdx", false)]
    [InlineData("*.md", "a/b.md", false)]
    [InlineData("hr/**", "hr/a.txt", true)]
    [InlineData("hr/**", "hr/deep/a.txt", true)]
    [InlineData("hr/**", "chr/a.txt", false)]
    [InlineData("hr/**", "HR/a.txt", false)]
    [InlineData("./hr/**", "hr/a.txt", true)]
    [InlineData("a/**/z.txt", "a/z.txt", true)]
    [InlineData("a/**/z.txt", "a/b/c/z.txt", true)]
    [InlineData("a?.txt", "ab.txt", true)]
    [InlineData("a?.txt", "a/.txt", false)]
    [InlineData("*.{md,txt}", "a.txt", true)]
    [InlineData("*.{md,txt}", "a.pdf", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a[1].txt", "a[1].txt", true)]
    [InlineData("a\nb", "a\nb", true)]
    public void A_pattern_matches_whole_paths(string pattern, string path, bool matches)
        => Assert.Equal(matches, new Glob(pattern).Matches(path));

    [Theory]
    [InlineData("plain/a.txt")]
    [InlineData("odd/{a},*?.txt")]
    [InlineData(@"back\slash")]
    public void An_escaped_path_matches_itself_only(string path)
    {
        Assert.True(new Glob(Glob.Escape(path)).Matches(path));
        Assert.False(new Glob(Glob.Escape(path)).Matches(path + "x"));
        Assert.False(new Glob(Glob.Escape(path)).Matches("x" + path[1..]));
    }
}
