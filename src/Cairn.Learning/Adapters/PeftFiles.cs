using System.Text.Json;

namespace Cairn.Learning;

/// <summary>The configuration of a LoRA adapter as Hugging Face's PEFT keeps it.</summary>
internal static class PeftFiles
{
    internal const string Prefix = "base_model.model.";
    private const int MostRank = 4096;

    /// <param name="turned">The layers lie (in, out) in the base model's checkpoint, as GPT-2's do.</param>
    internal static void WriteConfig(Stream stream, LoraOptions options, string baseModel, bool turned)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("peft_type", "LORA");
        json.WriteString("task_type", "CAUSAL_LM");
        json.WriteString("base_model_name_or_path", baseModel);
        json.WriteNumber("r", options.Rank);
        json.WriteNumber("lora_alpha", options.Alpha);
        json.WriteNumber("lora_dropout", 0.0);
        json.WriteStartArray("target_modules");
        foreach (var target in options.Targets!)
            json.WriteStringValue(target);
        json.WriteEndArray();
        json.WriteString("bias", "none");
        json.WriteBoolean("fan_in_fan_out", turned);
        json.WriteBoolean("inference_mode", true);
        json.WriteNull("modules_to_save");
        json.WriteEndObject();
    }

    internal static LoraOptions ReadConfig(Stream stream)
    {
        var config = PublishedConfig.Read(stream);
        config.Require(config.Text("peft_type", "") == "LORA", "peft_type", "only LORA is read");
        config.Require(config.Text("bias", "none") == "none", "bias", "only none is read");
        config.Require(!config.Flag("use_dora", false), "use_dora", "only false is read");
        config.Require(!config.Has("modules_to_save"), "modules_to_save", "only null is read");
        foreach (var pattern in new[] { "rank_pattern", "alpha_pattern" })
            config.Require(config.Entries(pattern, 0) == 0, pattern, "only the same for all layers is read");
        var rank = config.Size("r", most: MostRank);
        var alpha = config.Number("lora_alpha", 8);
        return new LoraOptions
        {
            Rank = rank,
            // Rank-stabilised adapters divide by the root of the rank.
            Alpha = config.Flag("use_rslora", false) ? alpha * Math.Sqrt(rank) : alpha,
            Targets = config.Texts("target_modules"),
        };
    }
}
