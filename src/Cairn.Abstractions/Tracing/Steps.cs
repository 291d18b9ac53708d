namespace Cairn.Abstractions;

/// <summary>Names of the steps, the same in traces, folders and the interface (design: the way of one question).</summary>
public static class Steps
{
    public const string Ask = "ask";
    public const string InputContract = "input contract";
    public const string Retrieve = "retrieve";
    public const string Search = "search";
    public const string AccessCheck = "access check";
    public const string Rank = "rank";
    public const string Pack = "pack context";
    public const string Model = "model";
    public const string Floor = "floor";
    public const string Ground = "ground";
    public const string Store = "store";
}
