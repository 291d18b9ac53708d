using System.Text.Json.Serialization;

namespace Cairn.Models;

[JsonConverter(typeof(JsonStringEnumConverter<ModelState>))]
public enum ModelState
{
    /// <summary>Calls go to it; that it answers is known only where no detail is given beside.</summary>
    [JsonStringEnumMemberName("ready")] Ready,

    /// <summary>It failed several times in a row and is left alone for a while.</summary>
    [JsonStringEnumMemberName("resting")] Resting,

    /// <summary>Its key or address is not there.</summary>
    [JsonStringEnumMemberName("missing")] Missing,
}
