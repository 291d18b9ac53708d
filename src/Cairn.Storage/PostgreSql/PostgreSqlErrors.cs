using System.Net.Sockets;
using Npgsql;

namespace Cairn.Storage;

/// <summary>What PostgreSQL's error codes mean to a person (https://www.postgresql.org/docs/15/errcodes-appendix.html).</summary>
internal static class PostgreSqlErrors
{
    /// <summary>Another transaction won; the same change can simply run again.</summary>
    public static bool IsLostRace(Exception error)
        => error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <returns>The error to throw instead, or null when the driver's own should reach the caller.</returns>
    public static CairnException? Translate(Exception error, string location) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } e => new(
            ErrorKind.Environment, "disk.full",
            $"The disk of the PostgreSQL server {location} is full; what was being written was taken back.",
            "Free some space on the database server, then try again.", e),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } e => new(
            ErrorKind.Environment, "database.damaged", $"The PostgreSQL database {location} is damaged: {e.MessageText}",
            "Restore the database from a backup.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e => new(
            ErrorKind.Environment, "database.refused", $"PostgreSQL at {location} refused the sign-in: {e.MessageText}",
            "Check the user and the password in the connection string that cairn.yaml names under storage.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } e => new(
            ErrorKind.Environment, "database.missing", $"There is no PostgreSQL database {location}.",
            "Create it (createdb NAME), or correct the connection string that cairn.yaml names under storage.", e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e => new(
            ErrorKind.Environment, "database.refused", $"PostgreSQL at {location} does not permit this: {e.MessageText}",
            "Give the user of the connection string the right to create and change tables in this database.", e),
        PostgresException e when IsLostRace(e) => new(
            ErrorKind.Conflict, "database.busy", "Other changes kept getting in the way of this one.", "Try again.", e),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CannotConnectNow } e
            => Unreachable(e, location),
        PostgresException => null,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } e => Unreachable(e, location),
        _ => null,
    };

    private static CairnException Unreachable(Exception e, string location) => new(
        ErrorKind.Environment, "database.unreachable",
        $"PostgreSQL at {location} does not answer: {e.InnerException?.Message ?? e.Message}",
        "Start the server, or correct the connection string that cairn.yaml names under storage.", e);
}
