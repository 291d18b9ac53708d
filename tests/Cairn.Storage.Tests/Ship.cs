namespace Cairn.Storage.Tests;

internal sealed record Ship(
    string Tenant, string Id, int LengthMetres, bool AtSea, DateTimeOffset Launched, DateTimeOffset? Scrapped = null,
    double? Tonnage = null, byte[]? Log = null)
{
    public const string Insert =
        """
        INSERT INTO ships (tenant, id, length_metres, at_sea, launched, scrapped, tonnage, log)
        VALUES (@Tenant, @Id, @LengthMetres, @AtSea, @Launched, @Scrapped, @Tonnage, @Log)
        """;

    public const string All = "SELECT tenant, id, length_metres, at_sea, launched, scrapped, tonnage, log FROM ships ORDER BY id";

    public static Ship Named(string id) => new("default", id, 120, true, DateTimeOffset.UnixEpoch.AddYears(30));
}
