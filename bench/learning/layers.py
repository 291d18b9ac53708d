"""The PyTorch side of `bench/run learning layers`: layers.py FOLDER. Each of PyTorch's own modules gets Cairn's parameters and inputs."""
import json
import os
import sys

import numpy as np
import torch
import torch.nn as nn

folder = sys.argv[1]


def attention(theirs, ours):
    names = {}
    for kind in ("weight", "bias"):
        names[f"{theirs}.in_proj_{kind}"] = [f"{ours}.{part}.{kind}" for part in ("query", "key", "value")]
        names[f"{theirs}.out_proj.{kind}"] = [f"{ours}.output.{kind}"]
    return names


def plain(pairs):
    return {f"{theirs}.{kind}": [f"{ours}.{kind}"] for theirs, ours in pairs for kind in ("weight", "bias")}


feed = [("linear1", "network.widen"), ("linear2", "network.narrow"), ("norm1", "norm1")]
encoder = {**attention("self_attn", "attention"), **plain([*feed, ("norm2", "norm2")])}
decoder = {**attention("self_attn", "attention"), **attention("multihead_attn", "cross"), **plain([*feed, ("norm2", "crossNorm"), ("norm3", "norm2")])}
common = {"nhead": 4, "dim_feedforward": 48, "dropout": 0.0, "batch_first": True}
future = torch.triu(torch.full((7, 7), float("-inf")), 1)
modules = {
    "encoder": (nn.TransformerEncoderLayer(32, activation="gelu", **common), encoder, lambda m, x: m(x[0])),
    "encoder_first": (nn.TransformerEncoderLayer(32, norm_first=True, **common), encoder, lambda m, x: m(x[0])),
    "decoder": (nn.TransformerDecoderLayer(32, activation="gelu", **common), decoder, lambda m, x: m(x[0], x[1], tgt_mask=future)),
    "lstm": (nn.LSTM(32, 20, batch_first=True), {}, lambda m, x: m(x[0])[0]),
    "rnn": (nn.RNN(32, 20, batch_first=True), {}, lambda m, x: m(x[0])[0]),
    "batch_norm": (nn.BatchNorm1d(7), {}, lambda m, x: m(x[0])),
    "conv1d": (nn.Conv1d(7, 5, 3, stride=2, padding=1), {}, lambda m, x: m(x[0])),
    "conv2d": (nn.Conv2d(2, 6, 3, stride=2, padding=1), {}, lambda m, x: m(x[0])),
}


def error(ours, theirs):
    theirs = theirs.detach().numpy()
    return float(np.abs(ours - theirs).max() / max(1.0, np.abs(theirs).max()))


figures = {}
for name, (module, names, forward) in modules.items():
    with np.load(os.path.join(folder, name + ".npz")) as file:
        cairn = {key: file[key] for key in file.files}
    ours = {theirs: names.get(theirs, [theirs]) for theirs, _ in module.named_parameters()}
    for theirs, parameter in module.named_parameters():
        parameter.data = torch.from_numpy(np.concatenate([cairn["parameter." + n] for n in ours[theirs]]))
    inputs = [torch.from_numpy(cairn[f"input.{i}"]).requires_grad_() for i in range(2) if f"input.{i}" in cairn]
    output = forward(module, inputs)
    (output * output).sum().backward()
    figures[name + " output"] = error(cairn["output"], output)
    for theirs, parameter in module.named_parameters():
        figures[f"{name} gradient of {theirs}"] = error(np.concatenate([cairn["gradient." + n] for n in ours[theirs]]), parameter.grad)
    for i, tensor in enumerate(inputs):
        figures[f"{name} gradient of input {i}"] = error(cairn[f"change.{i}"], tensor.grad)
print(json.dumps(figures))
