namespace Cairn.Models;

/// <summary>A question among those that it may meet.</summary>
/// <param name="Scope">Who asks, and all of the call but its question.</param>
/// <param name="Vector">Its meaning, of length 1.</param>
/// <param name="Distance">How far another may be.</param>
internal readonly record struct PlacedQuestion(ReplyKey Scope, float[] Vector, double Distance);
