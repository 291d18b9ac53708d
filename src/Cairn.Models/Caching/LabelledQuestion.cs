namespace Cairn.Models;

/// <summary>A question of which is known what its answer is.</summary>
/// <param name="Text">As it was asked.</param>
/// <param name="Answer">Stands for the answer: two questions with the same may share a reply.</param>
public sealed record LabelledQuestion(string Text, string Answer);
