using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cairn.Models.Tests;

internal sealed record Meeting
{
    [Description("What it is about")]
    public required string Title { get; init; }

    public required int Minutes { get; init; }

    public MeetingKind Kind { get; init; }

    public List<string> Guests { get; init; } = [];

    public string? Room { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<MeetingKind>))]
internal enum MeetingKind
{
    Review,
    Planning,
}

[JsonSerializable(typeof(Meeting))]
[JsonSerializable(typeof(int[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class MeetingJson : JsonSerializerContext;
