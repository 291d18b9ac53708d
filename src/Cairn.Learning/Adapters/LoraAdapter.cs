namespace Cairn.Learning;

/// <summary>
/// A small change of a large decoder (Hu et al., "LoRA: Low-rank adaptation of large language models", 2021): beside the weights of some
/// layers, which stay as they are, stands a product of two thin matrices that learns. Many adapters can serve over one model, a request at
/// a time or several at once. Files are those of PEFT (<c>adapter_config.json</c>, <c>adapter_model.safetensors</c>).
/// </summary>
public sealed class LoraAdapter : Module
{
    [ThreadStatic]
    private static LoraAdapter? current;

    private readonly Dictionary<Linear, LoraTarget> targets = new(ReferenceEqualityComparer.Instance);
    private readonly Gpt model;
    private bool merged;

    /// <summary>An adapter that changes nothing yet; the model's own parameters are frozen.</summary>
    /// <exception cref="ArgumentException">No layer of the model is named so; the names are given.</exception>
    /// <exception cref="NotSupportedException">The model is built like no published architecture, so its layers have no published
    /// names.</exception>
    public LoraAdapter(Gpt model, LoraOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rank, 1, nameof(options));
        var layout = GptLayout.Of(model.Options);
        (this.model, Options) = (model,
            options with { Targets = options.Targets ?? (model.Options.Rotary ? ["q_proj", "v_proj"] : ["c_attn"]) });
        var layers = model.NamedModules().ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
        foreach (var tensor in layout.Tensors.Where(t => Layers(t).All(p => layers[p] is Linear)
            && t.Name.EndsWith(".weight", StringComparison.Ordinal)))
        {
            if (!Options.Targets.Any(t => tensor.Module == t || tensor.Module.EndsWith("." + t, StringComparison.Ordinal)))
                continue;
            var linears = Layers(tensor).Select(p => (Linear)layers[p]).ToList();
            var (inputs, outputs) = (linears[0].Inputs, linears.Sum(l => l.Outputs));
            var bound = 1 / MathF.Sqrt(inputs);
            var a = Parameter($"{tensor.Module}.lora_A.weight", random.Uniform(-bound, bound, options.Rank, inputs));
            var b = Parameter($"{tensor.Module}.lora_B.weight", NdArray.Zeros<float>(outputs, options.Rank));
            var start = 0;
            foreach (var linear in linears)
            {
                targets[linear] = new LoraTarget(a, b, start, linear.Outputs, (float)(options.Alpha / options.Rank));
                start += linear.Outputs;
            }
        }
        if (targets.Count == 0)
        {
            var names = layout.Tensors.Where(t => Layers(t).All(p => layers[p] is Linear))
                .Select(t => t.Module[(t.Module.LastIndexOf('.') + 1)..]).Distinct();
            throw new ArgumentException(
                $"No layer of the model is named {string.Join(" or ", Options.Targets)}; there are {string.Join(", ", names)}.",
                nameof(options));
        }
        model.Freeze();
    }

    /// <summary>With the targets that were chosen where none were named.</summary>
    public LoraOptions Options { get; }

    internal static LoraAdapter? Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>
    /// While the result is not disposed, the model computes on this thread with this adapter; on other threads, and afterwards, as before.
    /// </summary>
    /// <exception cref="InvalidOperationException">The adapter was merged: it is in the model already.</exception>
    public AdapterUse Use()
    {
        if (merged)
            throw new InvalidOperationException("The adapter was merged into the model; used again it would count twice.");
        var use = new AdapterUse(before: current);
        current = this;
        return use;
    }

    /// <summary>Adds the change to the model's weights for good: nothing is left to compute beside them.</summary>
    /// <exception cref="InvalidOperationException">It was merged before, or the model's weights are int8.</exception>
    public void Merge()
    {
        if (merged)
            throw new InvalidOperationException("The adapter was merged before.");
        var weights = targets.Select(t => (t.Value, t.Key.Weight)).ToList();
        foreach (var (target, weight) in weights)
            target.AddTo(weight);
        merged = true;
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> as PEFT names and lays them out.</summary>
    /// <param name="baseModel">The name of the model that it changes, for whoever reads the file.</param>
    public void Save(Stream config, Stream weights, string baseModel = "")
    {
        PeftFiles.WriteConfig(config, Options, baseModel, turned: !model.Options.Rotary);
        SafeTensors.Write(weights, NamedParameters().Select(p => KeyValuePair.Create(PeftFiles.Prefix + p.Key, p.Value.Value)),
            new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>Reads an adapter of PEFT's for a model.</summary>
    /// <exception cref="InvalidDataException">Another kind of adapter, damaged, or of another model; what does not fit is
    /// named.</exception>
    public static LoraAdapter Load(Gpt model, Stream config, Stream weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        var options = PeftFiles.ReadConfig(config);
        LoraAdapter adapter;
        try
        {
            adapter = new LoraAdapter(model, options, Seeded.Blank);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The adapter is of another model. {error.Message}", error);
        }
        var stored = SafeTensors.Read(weights);
        var wanted = adapter.NamedParameters().ToDictionary(p => PeftFiles.Prefix + p.Key, p => p.Value, StringComparer.Ordinal);
        if (stored.Keys.Except(wanted.Keys).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"The adapter holds a tensor '{unknown}' that has no place in the model.");
        foreach (var (name, parameter) in wanted)
        {
            if (!stored.TryGetValue(name, out var value) || value.Shape != parameter.Shape)
                throw new InvalidDataException(
                    $"The adapter {(value is null ? "lacks" : $"has with shape {value.Shape}")} the tensor '{name}' of shape {parameter.Shape}.");
        }
        foreach (var (name, parameter) in wanted)
            stored[name].CopyTo(parameter.Data);
        return adapter;
    }

    /// <summary>What the adapter adds to a layer's result; null where it changes nothing.</summary>
    internal Tensor? Change(Linear layer, Tensor input) => targets.TryGetValue(layer, out var target) ? target.Change(input) : null;

    private static IEnumerable<string> Layers(PublishedTensor tensor) => tensor.To.Select(p => p[..p.LastIndexOf('.')]);
}
