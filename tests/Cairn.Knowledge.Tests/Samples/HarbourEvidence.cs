namespace Cairn.Knowledge.Tests;

/// <summary>Where an answer stands: a path below the sample's folder and exact words, white space and markup aside.</summary>
internal sealed record HarbourEvidence(string Path, string Quote);
