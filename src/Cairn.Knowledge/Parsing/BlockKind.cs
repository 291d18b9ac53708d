using System.Text.Json.Serialization;

namespace Cairn.Knowledge;

[JsonConverter(typeof(JsonStringEnumConverter<BlockKind>))]
public enum BlockKind
{
    [JsonStringEnumMemberName("heading")] Heading,
    [JsonStringEnumMemberName("paragraph")] Paragraph,
    [JsonStringEnumMemberName("listItem")] ListItem,
    [JsonStringEnumMemberName("tableHeader")] TableHeader,
    [JsonStringEnumMemberName("tableRow")] TableRow,
    [JsonStringEnumMemberName("code")] Code,
    [JsonStringEnumMemberName("quote")] Quote,
}
