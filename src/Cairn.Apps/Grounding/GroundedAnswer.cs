using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>
/// A model's text with what its sentences rest on. <see cref="Supported"/> counts the sentences that some passage carries.
/// </summary>
internal sealed record GroundedAnswer(
    string Text, ImmutableArray<AnswerSentence> Sentences, ImmutableArray<Citation> Citations, int Supported);
