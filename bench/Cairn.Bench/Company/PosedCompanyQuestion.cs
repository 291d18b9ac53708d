namespace Cairn.Bench;

/// <param name="Rank">Of the first passage that holds evidence, from 0; -1 when none of 200 does.</param>
internal sealed record PosedCompanyQuestion(CompanyQuestion Question, TrainingQuestion Training, int Rank);
