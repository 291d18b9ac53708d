namespace Cairn.Storage.Tests;

/// <summary>A small schema for these tests.</summary>
internal sealed class ShipMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("ships", 1,
            """
            CREATE TABLE ships (
                tenant text NOT NULL,
                id text NOT NULL,
                length_metres integer NOT NULL,
                at_sea integer NOT NULL,
                launched bigint NOT NULL,
                scrapped bigint,
                tonnage double precision,
                log {blob},
                PRIMARY KEY (tenant, id)
            )
            """),
        new("ships", 2, "CREATE TABLE crew (id {id}, tenant text NOT NULL, ship text NOT NULL, name text NOT NULL, FOREIGN KEY (tenant, ship) REFERENCES ships (tenant, id))"),
    ];
}
