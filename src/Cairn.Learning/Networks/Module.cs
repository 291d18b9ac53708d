using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>
/// A part of a network: parameters, buffers (state that is not learned) and other modules under names. A module of one's own names its
/// parts in its constructor and computes in a method of its own: <c>hidden = Child("hidden", new Linear(4, 8, random));</c>
/// </summary>
public abstract class Module
{
    private readonly List<KeyValuePair<string, Module>> children = [];
    private readonly List<KeyValuePair<string, Tensor>> parameters = [];
    private readonly List<KeyValuePair<string, Tensor>> buffers = [];

    /// <summary>Whether dropout drops and batch normalisation learns its means; see <see cref="Train"/>.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>All parameters below this module with their paths (<c>hidden.weight</c>), in the order of naming; one that is shared
    /// appears once.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedParameters() => Distinct(m => m.parameters);

    public IEnumerable<Tensor> Parameters() => NamedParameters().Select(p => p.Value);

    /// <summary>What a checkpoint holds: parameters and buffers with their paths.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State() => Distinct(m => m.parameters.Concat(m.buffers));

    /// <summary>Switches this module and all below to training, or to prediction.</summary>
    public void Train(bool training = true)
    {
        IsTraining = training;
        foreach (var (_, child) in children)
            child.Train(training);
    }

    /// <summary>Switches to prediction.</summary>
    public void Evaluate() => Train(false);

    /// <summary>Stops (or lets) all parameters below this module learn.</summary>
    public void Freeze(bool frozen = true)
    {
        foreach (var parameter in Parameters())
            parameter.RequiresGradient = !frozen;
    }

    /// <summary>
    /// Replaces the weights of all linear layers and embeddings below by int8 with a scale per row, for prediction: a quarter of the
    /// memory, at an error of the scores that docs/published-models.md states. There is no way back; the module can no longer be saved or
    /// trained.
    /// </summary>
    /// <exception cref="ArgumentException">A weight is NaN or infinite.</exception>
    public void UseInt8()
    {
        Freeze();
        Evaluate();
        foreach (var (_, module) in NamedModules())
        {
            if (module.Int8 is null)
                module.MakeInt8();
        }
    }

    /// <summary>Memory that weights and buffers take.</summary>
    public long Bytes() => State().Sum(s => (long)s.Value.Count * sizeof(float)) + NamedModules().Sum(m => m.Value.Int8?.Bytes ?? 0);

    public void ZeroGradients()
    {
        foreach (var parameter in Parameters())
            parameter.ZeroGradient();
    }

    /// <summary>Writes the state as safetensors.</summary>
    /// <exception cref="InvalidOperationException">The weights are int8.</exception>
    public void Save(Stream stream)
    {
        RequireFloats("saved");
        SafeTensors.Write(stream, State().Select(s => KeyValuePair.Create(s.Key, s.Value.Value)));
    }

    /// <summary>Reads the state from safetensors: every name and every shape must fit.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, lacks a tensor, has one too many, or one of another shape; it is
    /// named.</exception>
    public void Load(Stream stream)
    {
        RequireFloats("loaded into");
        var stored = SafeTensors.Read(stream);
        var state = State().ToDictionary(s => s.Key, s => s.Value);
        if (stored.Keys.Except(state.Keys).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"The checkpoint has a tensor '{unknown}' that the module {GetType().Name} does not.");
        foreach (var (name, tensor) in state)
        {
            if (!stored.TryGetValue(name, out var value))
                throw new InvalidDataException($"The checkpoint lacks the tensor '{name}' of the module {GetType().Name}.");
            if (value.Shape != tensor.Shape)
                throw new InvalidDataException(
                    $"The checkpoint's tensor '{name}' has shape {value.Shape}; the module's has {tensor.Shape}.");
        }
        foreach (var (name, tensor) in state)
            stored[name].CopyTo(tensor.Data);
    }

    /// <summary>A table of the parts with their parameters, how many numbers learn, and the memory of the parameters.</summary>
    public string Summary()
    {
        var rows = new List<(string Path, string Kind, string Shapes, int Count)>();
        Describe("", this, rows);
        var all = Parameters().ToList();
        var (total, learning) = (rows.Sum(r => (long)r.Count), all.Where(p => p.RequiresGradient).Sum(p => (long)p.Count));
        var path = Math.Max(4, rows.Max(r => r.Path.Length));
        var kind = Math.Max(4, rows.Max(r => r.Kind.Length));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"part".PadRight(path)}  {"kind".PadRight(kind)}  {"numbers",11}  shapes");
        foreach (var row in rows)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{row.Path.PadRight(path)}  {row.Kind.PadRight(kind)}  {row.Count,11:N0}  {row.Shapes}");
        text.Append(CultureInfo.InvariantCulture,
            $"{total:N0} numbers, {learning:N0} of them learn; {Bytes() / 1048576.0:F1} MiB");
        return text.ToString();
    }

    /// <summary>Names a part; returns it.</summary>
    protected TModule Child<TModule>(string name, TModule child)
        where TModule : Module
    {
        children.Add(KeyValuePair.Create<string, Module>(name, child));
        return child;
    }

    /// <summary>Names a parameter that learns.</summary>
    protected Tensor Parameter(string name, NdArray<float> value)
    {
        var parameter = new Tensor(value, requiresGradient: true);
        parameters.Add(KeyValuePair.Create(name, parameter));
        return parameter;
    }

    /// <summary>Names state that does not learn.</summary>
    protected Tensor Buffer(string name, NdArray<float> value)
    {
        var buffer = new Tensor(value);
        buffers.Add(KeyValuePair.Create(name, buffer));
        return buffer;
    }

    /// <summary>The weights once they are int8.</summary>
    internal Int8Matrix? Int8 { get; private protected set; }

    /// <summary>This module, named "", and all below with their paths.</summary>
    internal IEnumerable<KeyValuePair<string, Module>> NamedModules(string path = "")
        => children.SelectMany(c => c.Value.NamedModules(path.Length == 0 ? c.Key : $"{path}.{c.Key}"))
            .Prepend(KeyValuePair.Create(path, this));

    /// <summary>Replaces this module's own weights.</summary>
    private protected virtual void MakeInt8()
    {
    }

    /// <summary>A parameter (out, in) as int8; the module holds it no longer.</summary>
    private protected Int8Matrix Narrowed(Tensor parameter)
    {
        var narrow = new Int8Matrix(parameter.Span, parameter.Shape[0], parameter.Shape[1]);
        parameters.RemoveAll(p => ReferenceEquals(p.Value, parameter));
        return narrow;
    }

    private void RequireFloats(string what)
    {
        if (NamedModules().Any(m => m.Value.Int8 is not null))
            throw new InvalidOperationException(
                $"The weights of the module {GetType().Name} are int8, which cannot be {what}; keep the float32 checkpoint.");
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Distinct(Func<Module, IEnumerable<KeyValuePair<string, Tensor>>> own)
        => Walk("", own).DistinctBy(p => p.Value, ReferenceEqualityComparer.Instance);

    private IEnumerable<KeyValuePair<string, Tensor>> Walk(string prefix, Func<Module, IEnumerable<KeyValuePair<string, Tensor>>> own)
    {
        foreach (var (name, tensor) in own(this))
            yield return KeyValuePair.Create(prefix + name, tensor);
        foreach (var (name, child) in children)
        {
            foreach (var entry in child.Walk(prefix + name + ".", own))
                yield return entry;
        }
    }

    private static void Describe(string path, Module module, List<(string Path, string Kind, string Shapes, int Count)> rows)
    {
        var shapes = string.Join(", ",
            module.parameters.Select(p => $"{p.Key} {p.Value.Shape}{(p.Value.RequiresGradient ? "" : " frozen")}"));
        if (module.Int8 is { } narrow)
            shapes = $"weight ({narrow.Outputs}, {narrow.Inputs}) int8{(shapes.Length == 0 ? "" : ", ")}{shapes}";
        rows.Add((path.Length == 0 ? "." : path, module.GetType().Name, shapes,
            module.parameters.Sum(p => p.Value.Count) + ((module.Int8?.Outputs ?? 0) * (module.Int8?.Inputs ?? 0))));
        foreach (var (name, child) in module.children)
            Describe(path.Length == 0 ? name : path + "." + name, child, rows);
    }
}
