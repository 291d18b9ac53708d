using System.Buffers;
using System.Text;
using System.Text.Json;
using Cairn.Models;
using Cairn.Work;

namespace Cairn.Server;

/// <summary>Files and batches in OpenAI's form.</summary>
internal static class BatchJson
{
    public static string File(BatchFile file) => Write(json =>
    {
        json.WriteString("id", file.Id);
        json.WriteString("object", "file");
        json.WriteNumber("bytes", file.Bytes);
        json.WriteNumber("created_at", file.Created.ToUnixTimeSeconds());
        json.WriteString("filename", file.Name);
        json.WriteString("purpose", "batch");
        json.WriteString("status", "processed");
    });

    public static string Batch(BatchState state) => Write(json => WriteFields(json, state));

    public static string List(IReadOnlyList<BatchState> states) => Write(json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var state in states)
        {
            json.WriteStartObject();
            WriteFields(json, state);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("has_more", false);
    });

    private static void WriteFields(Utf8JsonWriter json, BatchState state)
    {
        var (batch, job) = (state.Batch, state.Job);
        json.WriteString("id", batch.Id);
        json.WriteString("object", "batch");
        json.WriteString("endpoint", batch.Endpoint);
        json.WriteString("input_file_id", batch.File);
        json.WriteString("completion_window", "24h");
        json.WriteString("status", StatusOf(job));
        // There as soon as the first answer is: what is done can be read before the rest.
        json.WriteString("output_file_id", state.Completed > 0 ? "output-" + batch.Id : null);
        json.WriteString("error_file_id", state.Failed > 0 ? "errors-" + batch.Id : null);
        json.WriteNumber("created_at", batch.Created.ToUnixTimeSeconds());
        if (job is { Finished: { } finished })
            json.WriteNumber(StatusOf(job) + "_at", finished.ToUnixTimeSeconds());
        json.WriteStartObject("request_counts");
        json.WriteNumber("total", batch.Total);
        json.WriteNumber("completed", state.Completed);
        json.WriteNumber("failed", state.Failed);
        json.WriteEndObject();
        WriteErrors(json, job);
        if (batch.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(metadata);
        }
        else
            json.WriteNull("metadata");
    }

    private static void WriteErrors(Utf8JsonWriter json, Job? job)
    {
        if (job?.Error is not { } error || job.Status != JobStatus.Failed)
        {
            json.WriteNull("errors");
            return;
        }
        json.WriteStartObject("errors");
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("code", "batch.failed");
        json.WriteString("message", error);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string StatusOf(Job? job) => job?.Status switch
    {
        null or JobStatus.Queued => "validating",
        JobStatus.Running => "in_progress",
        JobStatus.Done => "completed",
        JobStatus.Cancelled => "cancelled",
        _ => "failed",
    };

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
