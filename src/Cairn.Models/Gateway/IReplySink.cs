using System.IO.Pipelines;

namespace Cairn.Models;

/// <summary>Where a reply's bytes go.</summary>
public interface IReplySink
{
    /// <summary>Says how the reply begins, before anything is written to <see cref="Body"/>. After it there is no other reply.</summary>
    void Begin(ReplyHead head);

    PipeWriter Body { get; }

    /// <summary>The provider's own report of a failure has been passed on, so that the caller needs no second one.</summary>
    bool FailureTold { get; set; }
}
