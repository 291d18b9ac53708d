using System.Text.Json.Serialization;

namespace Cairn.Models;

[JsonConverter(typeof(JsonStringEnumConverter<CostBy>))]
public enum CostBy
{
    [JsonStringEnumMemberName("model")] Model,
    [JsonStringEnumMemberName("app")] App,
    [JsonStringEnumMemberName("user")] User,
    [JsonStringEnumMemberName("key")] Key,
    [JsonStringEnumMemberName("day")] Day,
}
