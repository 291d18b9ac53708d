namespace Cairn.Models;

/// <summary>An uploaded file of calls, one JSON object a line.</summary>
/// <param name="User">Whose it is: nobody else sees it.</param>
/// <param name="Blob">Its content's hash.</param>
public sealed record BatchFile(string Tenant, string Id, string User, string Name, long Bytes, string Blob, DateTimeOffset Created);
