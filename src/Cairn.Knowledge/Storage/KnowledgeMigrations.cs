using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// The tables of Cairn.Knowledge. Times are Unix milliseconds, flags 0 or 1, offsets UTF-16 units of a version's text. A text stands in
/// pieces (<c>document_text</c>), each with the passages that begin in it, so that reading one passage of a long document reads a piece of
/// it; a page's words stand with the page.
/// </summary>
internal sealed class KnowledgeMigrations : IMigrations
{
    private const string Tables = """
        CREATE TABLE access_set (id {id}, tenant text NOT NULL, canonical text NOT NULL, UNIQUE (tenant, canonical));

        CREATE TABLE source (
            tenant text NOT NULL, name text NOT NULL, declared integer NOT NULL, retired integer NOT NULL, definition text NOT NULL,
            last_ingested bigint, PRIMARY KEY (tenant, name));

        CREATE TABLE document (
            tenant text NOT NULL, id text NOT NULL, source text NOT NULL, path text NOT NULL, file_name text NOT NULL, title text NOT NULL,
            hash text NOT NULL, format text NOT NULL, bytes bigint NOT NULL, modified bigint NOT NULL, seen bigint NOT NULL,
            uploaded integer NOT NULL, version integer NOT NULL, version_id bigint NOT NULL, pages integer, passages integer NOT NULL,
            access_id bigint NOT NULL, own_access text, given_access text, failure text, failed_hash text, changed bigint NOT NULL,
            supersedes text, superseded_by text, removed bigint, removed_by text, live integer NOT NULL, job text, outcome integer NOT NULL,
            PRIMARY KEY (tenant, id));
        CREATE UNIQUE INDEX document_path ON document (tenant, source, path) WHERE removed IS NULL;
        CREATE INDEX document_was_at ON document (tenant, source, path) WHERE removed IS NOT NULL;
        CREATE INDEX document_hash ON document (tenant, source, hash);
        CREATE INDEX document_file_name ON document (tenant, source, file_name);
        CREATE INDEX document_supersedes ON document (tenant, source) WHERE supersedes IS NOT NULL OR superseded_by IS NOT NULL;
        CREATE INDEX document_current ON document (tenant, version_id);
        CREATE INDEX document_job ON document (tenant, job) WHERE job IS NOT NULL;

        CREATE TABLE document_version (
            id {id}, tenant text NOT NULL, document text NOT NULL, version integer NOT NULL, title text, path text NOT NULL,
            format text NOT NULL, hash text NOT NULL, bytes bigint NOT NULL, length integer NOT NULL, blocks {blob} NOT NULL,
            notices text NOT NULL, made bigint NOT NULL, UNIQUE (tenant, document, version));
        CREATE TABLE document_text (
            version_id bigint NOT NULL, tenant text NOT NULL, starts integer NOT NULL, piece text NOT NULL, PRIMARY KEY (version_id, starts));
        CREATE TABLE document_page (
            version_id bigint NOT NULL, tenant text NOT NULL, number integer NOT NULL, width double precision NOT NULL,
            height double precision NOT NULL, starts integer NOT NULL, ends integer NOT NULL, words {blob} NOT NULL,
            PRIMARY KEY (version_id, number));
        CREATE TABLE original (
            tenant text NOT NULL, hash text NOT NULL, bytes bigint NOT NULL, content {blob}, PRIMARY KEY (tenant, hash));
        CREATE TABLE page_image (
            tenant text NOT NULL, hash text NOT NULL, page integer NOT NULL, blob text NOT NULL, PRIMARY KEY (tenant, hash, page));

        CREATE TABLE passage (
            id {id}, tenant text NOT NULL, version_id bigint NOT NULL, ordinal integer NOT NULL, starts integer NOT NULL,
            ends integer NOT NULL, heading_path text NOT NULL, page integer);
        CREATE INDEX passage_version ON passage (version_id, ordinal);
        """;

    // The passages of a piece, as PassageCodec writes them; the index takes all documents in again, for their passages' numbers change.
    private const string PassagesStandWithTheirText = """
        ALTER TABLE document_text ADD COLUMN passages text NOT NULL DEFAULT '';
        UPDATE document_text SET passages = coalesce((
            SELECT string_agg((p.starts - document_text.starts) || chr(9) || (p.ends - p.starts) || chr(9) || coalesce(CAST(p.page AS text), '')
                || chr(9) || replace(p.heading_path, chr(10), ' '), chr(10) ORDER BY p.starts)
            FROM passage p WHERE p.version_id = document_text.version_id AND p.starts >= document_text.starts AND p.starts < coalesce((
                SELECT min(n.starts) FROM document_text n WHERE n.version_id = document_text.version_id AND n.starts > document_text.starts), 2147483647)), '');
        DROP TABLE passage;
        DROP INDEX document_current;
        INSERT INTO feed_changes (tenant, topic, entity) SELECT tenant, 'documents', id FROM document WHERE live = 1;
        """;

    /// <summary>SQLite of Debian 12 takes no ORDER BY inside an aggregate; it walks the index in order of the ordinals.</summary>
    private static readonly string InSqlite = PassagesStandWithTheirText
        .Replace("string_agg", "group_concat", StringComparison.Ordinal).Replace("chr(", "char(", StringComparison.Ordinal)
        .Replace(" ORDER BY p.starts)", ")", StringComparison.Ordinal);

    public IEnumerable<Migration> All
        => [new Migration("knowledge", 1, Tables), new Migration("knowledge", 2, InSqlite, PassagesStandWithTheirText)];
}
