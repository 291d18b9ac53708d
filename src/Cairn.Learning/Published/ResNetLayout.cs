namespace Cairn.Learning;

/// <summary>
/// Residual networks of basic blocks (He et al., 2015: 18 and 34 layers) as Hugging Face's <c>ResNetForImageClassification</c> keeps them,
/// or, where the configuration names an architecture (timm), as torchvision does.
/// </summary>
internal static class ResNetLayout
{
    internal static ResidualOptions Options(PublishedConfig config)
    {
        if (config.Kind is "resnet18" or "resnet34")
            return new ResidualOptions
            {
                Classes = config.Size("num_classes", 1000),
                Depths = config.Kind == "resnet18" ? [2, 2, 2, 2] : [3, 4, 6, 3],
            };
        config.Require(config.Text("layer_type", "bottleneck") == "basic", "layer_type", "only basic is computed (18 and 34 layers)");
        config.Require(config.Text("hidden_act", "relu") == "relu", "hidden_act", "only relu is computed");
        config.Require(!config.Flag("downsample_in_first_stage", false), "downsample_in_first_stage", "only false is computed");
        var options = new ResidualOptions
        {
            Channels = config.Size("num_channels", 3, 1024),
            First = config.Size("embedding_size", 64, 65536),
            Widths = config.Sizes("hidden_sizes", 65536),
            Depths = config.Sizes("depths", 1000),
            Classes = config.Entries("id2label", config.Size("num_labels", 1000)),
        };
        config.Require(options.Widths.Count == options.Depths.Count, "depths", "there is one for each of hidden_sizes");
        return options;
    }

    internal static PublishedLayout Of(ResidualOptions options, bool torchvision)
    {
        var tensors = new List<PublishedTensor>();
        var root = torchvision ? "" : "resnet.";
        Add(torchvision ? ("conv1", "bn1") : Named("resnet.embedder.embedder"), ("conv1", "bn1"), options.First, options.Channels, 7);
        var inputs = options.First;
        for (var stage = 0; stage < options.Depths.Count; stage++)
        {
            var width = options.Widths[stage];
            for (var block = 0; block < options.Depths[stage]; block++)
            {
                var ours = $"layer{stage + 1}.{block}.";
                var theirs = $"resnet.encoder.stages.{stage}.layers.{block}.";
                Add(torchvision ? (ours + "conv1", ours + "bn1") : Named(theirs + "layer.0"), (ours + "conv1", ours + "bn1"), width, inputs,
                    3);
                Add(torchvision ? (ours + "conv2", ours + "bn2") : Named(theirs + "layer.1"), (ours + "conv2", ours + "bn2"), width, width,
                    3);
                if (inputs != width || (block == 0 && stage > 0))
                {
                    var shortcut = (ours + "downsample.0", ours + "downsample.1");
                    Add(torchvision ? shortcut : Named(theirs + "shortcut"), shortcut, width, inputs, 1);
                }
                inputs = width;
            }
        }
        var last = torchvision ? "fc" : "classifier.1";
        tensors.Add(new(last + ".weight", Shape.Of(options.Classes, inputs), ["fc.weight"]));
        tensors.Add(new(last + ".bias", Shape.Of(options.Classes), ["fc.bias"]));
        return new PublishedLayout
        {
            Prefix = root,
            Tensors = tensors,
            Ignores = name => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal),
        };

        static (string, string) Named(string part) => (part + ".convolution", part + ".normalization");

        void Add((string Convolution, string Norm) theirs, (string Convolution, string Norm) ours, int width, int inputs, int size)
        {
            tensors.Add(new(theirs.Convolution + ".weight", Shape.Of(width, inputs, size, size), [ours.Convolution + ".weight"]));
            foreach (var part in new[] { "weight", "bias", "running_mean", "running_var" })
                tensors.Add(new($"{theirs.Norm}.{part}", Shape.Of(width), [$"{ours.Norm}.{part}"]));
        }
    }
}
