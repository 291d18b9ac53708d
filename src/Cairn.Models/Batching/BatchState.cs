using Cairn.Work;

namespace Cairn.Models;

/// <summary>A batch and how far it is.</summary>
public sealed record BatchState(ModelBatch Batch, Job? Job, long Completed, long Failed);
