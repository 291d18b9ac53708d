"""The reference side of `bench/run learning published`: published.py FOLDER writes small random models as they are published (config.json and model.safetensors), and what
PyTorch's and torchvision's own modules make of them. What PyTorch has no modules for is written as GGUF too, for llama.cpp. The weights come from a generator that
the tests have as well, so that tests hold the same models against numbers printed here."""
import json
import os
import struct
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

folder = sys.argv[1]
torch.set_num_threads(2)


def numbers(name, count):
    """From -1 to below 1, by place and name."""
    seed = 2166136261
    for character in name.encode():
        seed = (seed ^ character) * 16777619 % 2**32
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + seed) % 2**32
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x = (x ^ (x >> shift)) * factor % 2**32
    return (x ^ (x >> 16)).astype(np.float64) / 2**31 - 1


def weights(name, *shape):
    count = int(np.prod(shape))
    u = numbers(name, count)
    if name.endswith("running_var"):
        u = 1 + 0.5 * u
    elif len(shape) == 1:
        u = 1 + 0.2 * u if name.endswith("weight") else 0.1 * u
    else:
        u = u * (1.7 / np.sqrt(count / shape[0]))
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def publish(name, config, tensors, **results):
    path = os.path.join(folder, name)
    os.makedirs(path)
    with open(os.path.join(path, "config.json"), "w") as file:
        json.dump(config, file)
    header, offset = {}, 0
    for key, tensor in tensors.items():
        end = offset + tensor.numel() * 4
        header[key] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    with open(os.path.join(path, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.contiguous().numpy().tobytes())
    for key, value in results.items():
        np.save(os.path.join(path, key + ".npy"), value.detach().numpy() if isinstance(value, torch.Tensor) else value)


def fill(pairs):
    for parameter, value in pairs:
        parameter.data = value.clone().reshape(parameter.shape)


def block(width, heads, inner, activation, eps, norm_first):
    return nn.TransformerEncoderLayer(width, heads, inner, 0.0, activation, eps, batch_first=True, norm_first=norm_first)


def gpt2():
    vocabulary, context, width, layers, heads = 61, 24, 32, 2, 4
    shapes = {"wte.weight": (vocabulary, width), "wpe.weight": (context, width), "ln_f.weight": (width,), "ln_f.bias": (width,)}
    for i in range(layers):
        for part, shape in (("ln_1.weight", (width,)), ("ln_1.bias", (width,)), ("attn.c_attn.weight", (width, 3 * width)), ("attn.c_attn.bias", (3 * width,)),
                            ("attn.c_proj.weight", (width, width)), ("attn.c_proj.bias", (width,)), ("ln_2.weight", (width,)), ("ln_2.bias", (width,)),
                            ("mlp.c_fc.weight", (width, 4 * width)), ("mlp.c_fc.bias", (4 * width,)), ("mlp.c_proj.weight", (4 * width, width)), ("mlp.c_proj.bias", (width,))):
            shapes[f"h.{i}.{part}"] = shape
    t = {"transformer." + name: weights("transformer." + name, *shape) for name, shape in shapes.items()}
    ids = torch.tensor([[3, 1, 4, 1, 5, 9, 2, 6, 53, 58, 60, 0]])
    future = torch.triu(torch.full((ids.shape[1],) * 2, float("-inf")), 1)
    x = F.embedding(ids, t["transformer.wte.weight"]) + t["transformer.wpe.weight"][: ids.shape[1]]
    for i in range(layers):
        h = f"transformer.h.{i}."
        layer = block(width, heads, 4 * width, lambda y: F.gelu(y, approximate="tanh"), 1e-5, True)
        fill([(layer.norm1.weight, t[h + "ln_1.weight"]), (layer.norm1.bias, t[h + "ln_1.bias"]),
              (layer.self_attn.in_proj_weight, t[h + "attn.c_attn.weight"].T), (layer.self_attn.in_proj_bias, t[h + "attn.c_attn.bias"]),
              (layer.self_attn.out_proj.weight, t[h + "attn.c_proj.weight"].T), (layer.self_attn.out_proj.bias, t[h + "attn.c_proj.bias"]),
              (layer.norm2.weight, t[h + "ln_2.weight"]), (layer.norm2.bias, t[h + "ln_2.bias"]),
              (layer.linear1.weight, t[h + "mlp.c_fc.weight"].T), (layer.linear1.bias, t[h + "mlp.c_fc.bias"]),
              (layer.linear2.weight, t[h + "mlp.c_proj.weight"].T), (layer.linear2.bias, t[h + "mlp.c_proj.bias"])])
        x = layer(x, src_mask=future)
    x = F.layer_norm(x, (width,), t["transformer.ln_f.weight"], t["transformer.ln_f.bias"])
    config = {"model_type": "gpt2", "vocab_size": vocabulary, "n_positions": context, "n_embd": width, "n_layer": layers, "n_head": heads, "activation_function": "gelu_new"}
    publish("gpt2", config, t, ids=ids.numpy().astype(np.int32), logits=x @ t["transformer.wte.weight"].T)


def bert():
    vocabulary, context, width, layers, heads, inner = 67, 20, 32, 2, 4, 48
    e, s = "bert.embeddings.", "cls.predictions."
    t = {}

    def add(name, *shape):
        t[name + ".weight"] = weights(name + ".weight", *shape)
        if not name.endswith("_embeddings"):
            t[name + ".bias"] = weights(name + ".bias", shape[0])

    for name, count in (("word", vocabulary), ("position", context), ("token_type", 2)):
        add(f"{e}{name}_embeddings", count, width)
    add(e + "LayerNorm", width)
    for i in range(layers):
        h = f"bert.encoder.layer.{i}."
        for name, shape in (("attention.self.query", (width, width)), ("attention.self.key", (width, width)), ("attention.self.value", (width, width)),
                            ("attention.output.dense", (width, width)), ("attention.output.LayerNorm", (width,)), ("intermediate.dense", (inner, width)),
                            ("output.dense", (width, inner)), ("output.LayerNorm", (width,))):
            add(h + name, *shape)
    add(s + "transform.dense", width, width)
    add(s + "transform.LayerNorm", width)
    t[s + "bias"] = weights(s + "bias", vocabulary)
    ids = torch.tensor([[2, 7, 1, 8, 28, 18, 28, 45], [3, 14, 15, 9, 26, 0, 0, 0]])
    mask = torch.tensor([[True] * 8, [True] * 5 + [False] * 3])
    kinds = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0, 0]])
    x = F.embedding(ids, t[e + "word_embeddings.weight"]) + t[e + "position_embeddings.weight"][: ids.shape[1]] + F.embedding(kinds, t[e + "token_type_embeddings.weight"])
    x = F.layer_norm(x, (width,), t[e + "LayerNorm.weight"], t[e + "LayerNorm.bias"], 1e-12)
    for i in range(layers):
        h = f"bert.encoder.layer.{i}."
        layer = block(width, heads, inner, "gelu", 1e-12, False)
        pairs = [(layer.self_attn.in_proj_weight, torch.cat([t[f"{h}attention.self.{p}.weight"] for p in ("query", "key", "value")])),
                 (layer.self_attn.in_proj_bias, torch.cat([t[f"{h}attention.self.{p}.bias"] for p in ("query", "key", "value")]))]
        for module, name in ((layer.self_attn.out_proj, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"), (layer.linear1, "intermediate.dense"),
                             (layer.linear2, "output.dense"), (layer.norm2, "output.LayerNorm")):
            pairs += [(module.weight, t[f"{h}{name}.weight"]), (module.bias, t[f"{h}{name}.bias"])]
        fill(pairs)
        x = layer(x, src_key_padding_mask=~mask)
    y = F.layer_norm(F.gelu(F.linear(x, t[s + "transform.dense.weight"], t[s + "transform.dense.bias"])), (width,),
                     t[s + "transform.LayerNorm.weight"], t[s + "transform.LayerNorm.bias"], 1e-12)
    config = {"model_type": "bert", "vocab_size": vocabulary, "max_position_embeddings": context, "hidden_size": width, "num_hidden_layers": layers, "num_attention_heads": heads,
              "intermediate_size": inner, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
    publish("bert", config, t, ids=ids.numpy().astype(np.int32), mask=mask.numpy(), kinds=kinds.numpy().astype(np.int32), logits=y @ t[e + "word_embeddings.weight"].T + t[s + "bias"])


def resnet():
    from torchvision.models.resnet import BasicBlock, ResNet

    network = ResNet(BasicBlock, [1, 2, 1, 1], num_classes=5).eval()

    def named(name):
        part, _, rest = name.partition(".")
        if part in ("conv1", "bn1"):
            return f"resnet.embedder.embedder.{'convolution' if part == 'conv1' else 'normalization'}.{rest}"
        if part == "fc":
            return "classifier.1." + rest
        index, kind, rest = rest.split(".", 2)
        if kind == "downsample":
            which, rest = rest.split(".", 1)
            inside = "shortcut." + ("convolution", "normalization")[int(which)]
        else:
            inside = f"layer.{int(kind[-1]) - 1}." + ("convolution" if kind.startswith("conv") else "normalization")
        return f"resnet.encoder.stages.{int(part[-1]) - 1}.layers.{index}.{inside}.{rest}"

    state = {name: weights(named(name), *value.shape) for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    network.load_state_dict(state, strict=False)
    images = torch.from_numpy(numbers("images", 2 * 3 * 40 * 36).astype(np.float32).reshape(2, 3, 40, 36))
    config = {"model_type": "resnet", "layer_type": "basic", "num_channels": 3, "embedding_size": 64, "hidden_sizes": [64, 128, 256, 512], "depths": [1, 2, 1, 1],
              "hidden_act": "relu", "num_labels": 5}
    publish("resnet", config, {named(name): value for name, value in state.items()}, images=images, logits=network(images))


def gguf(path, architecture, fields, tensors):
    def text(value):
        return struct.pack("<Q", len(value.encode())) + value.encode()

    def field(key, value):
        if isinstance(value, str):
            return text(key) + struct.pack("<I", 8) + text(value)
        if isinstance(value, float):
            return text(key) + struct.pack("<If", 6, value)
        if isinstance(value, int):
            return text(key) + struct.pack("<II", 4, value)
        kind, code = {str: (8, None), float: (6, "f"), int: (5, "i")}[type(value[0])]
        items = b"".join(text(v) if code is None else struct.pack("<" + code, v) for v in value)
        return text(key) + struct.pack("<IIQ", 9, kind, len(value)) + items

    all_fields = {"general.architecture": architecture, **{f"{architecture}.{k}": v for k, v in fields.items() if "." not in k or not k.startswith("tokenizer")},
                  **{k: v for k, v in fields.items() if k.startswith("tokenizer")}}
    infos, data = b"", b""
    for name, tensor in tensors.items():
        data += b"\0" * (-len(data) % 32)
        infos += text(name) + struct.pack("<I", tensor.dim()) + b"".join(struct.pack("<Q", n) for n in reversed(tensor.shape)) + struct.pack("<IQ", 0, len(data))
        data += tensor.contiguous().numpy().tobytes()
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(all_fields)) + b"".join(field(k, v) for k, v in all_fields.items()) + infos
    with open(path, "wb") as file:
        file.write(head + b"\0" * (-len(head) % 32) + data)


def llama(kind):
    """Llama and, with biases and tied embeddings, Qwen2. llama.cpp turns neighbouring numbers of a head in Llama's own layout, so queries and keys are put in its order."""
    vocabulary, context, width, layers, heads, key_heads, inner, theta = 300, 64, 32, 2, 4, 2, 48, 5000.0
    qwen, scaled = kind == "qwen2", kind == "llama3"
    architecture = "qwen2" if qwen else "llama"
    t = {"model.embed_tokens.weight": weights("model.embed_tokens.weight", vocabulary, width), "model.norm.weight": weights("model.norm.weight", width)}
    if not qwen:
        t["lm_head.weight"] = weights("lm_head.weight", vocabulary, width)
    names = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    key_width = width // heads * key_heads
    for i in range(layers):
        for theirs, ours, shape in (("input_layernorm", "attn_norm", (width,)), ("self_attn.q_proj", "attn_q", (width, width)), ("self_attn.k_proj", "attn_k", (key_width, width)),
                                    ("self_attn.v_proj", "attn_v", (key_width, width)), ("self_attn.o_proj", "attn_output", (width, width)),
                                    ("post_attention_layernorm", "ffn_norm", (width,)), ("mlp.gate_proj", "ffn_gate", (inner, width)), ("mlp.up_proj", "ffn_up", (inner, width)),
                                    ("mlp.down_proj", "ffn_down", (width, inner))):
            name = f"model.layers.{i}.{theirs}"
            names[name] = f"blk.{i}.{ours}"
            t[name + ".weight"] = weights(name + ".weight", *shape)
            if qwen and theirs[-6:] in ("q_proj", "k_proj", "v_proj"):
                t[name + ".bias"] = weights(name + ".bias", shape[0])

    def placed(name, tensor):
        count = heads if "q_proj" in name else key_heads
        if qwen or not ("q_proj" in name or "k_proj" in name):
            return tensor
        return tensor.reshape(count, 2, tensor.shape[0] // count // 2, *tensor.shape[1:]).swapaxes(1, 2).reshape(tensor.shape)

    config = {"model_type": architecture, "vocab_size": vocabulary, "max_position_embeddings": context, "hidden_size": width, "num_hidden_layers": layers, "num_attention_heads": heads,
              "num_key_value_heads": key_heads, "intermediate_size": inner, "rms_norm_eps": 1e-5, "rope_theta": theta, "tie_word_embeddings": qwen, "hidden_act": "silu"}
    if scaled:
        config["rope_scaling"] = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 128}
    ids = np.array([[1, 270, 12, 5, 133, 5, 8, 264, 3, 20]], dtype=np.int32)
    publish(kind, config, t, ids=ids)
    # llama.cpp wants a vocabulary; no text is ever read with this one.
    bytes_ = [f"<0x{b:02X}>" for b in range(256)]
    fields = {"block_count": layers, "context_length": context, "embedding_length": width, "feed_forward_length": inner, "attention.head_count": heads,
              "attention.head_count_kv": key_heads, "rope.dimension_count": width // heads, "attention.layer_norm_rms_epsilon": 1e-5, "rope.freq_base": theta,
              "vocab_size": vocabulary, "tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>", *bytes_, *(f"t{n}" for n in range(259, vocabulary))],
              "tokenizer.ggml.scores": [0.0] * vocabulary, "tokenizer.ggml.token_type": [2, 3, 3] + [6] * 256 + [1] * (vocabulary - 259)}
    tensors = {f"{names[n.rpartition('.')[0]]}.{n.rpartition('.')[2]}": placed(n, v) for n, v in t.items()}
    if scaled:
        # What each frequency is divided by, as llama.cpp's converter writes it.
        length, low, high, factor, factors = 128, 1.0, 4.0, 8.0, []
        for i in range(0, width // heads, 2):
            wave = 2 * np.pi * theta ** (i / (width // heads))
            smooth = (length / wave - low) / (high - low)
            factors.append(1.0 if wave < length / high else factor if wave > length / low else 1 / ((1 - smooth) / factor + smooth))
        tensors["rope_freqs.weight"] = torch.tensor(factors, dtype=torch.float32)
    gguf(os.path.join(folder, kind, "model.gguf"), architecture, fields, tensors)


with torch.no_grad():
    gpt2()
    bert()
    resnet()
    llama("llama")
    llama("llama3")
    llama("qwen2")
print(json.dumps({"models": 6}))
