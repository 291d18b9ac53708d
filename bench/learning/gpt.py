"""The PyTorch side of the GPT of `bench/run learning networks`: gpt.py FOLDER. The same architecture, by PyTorch's own functions."""
import json
import math

import torch
import torch.nn.functional as F

import peer

HEADS, TOKENS = 8, 64
p = peer.parameters()
layers = 1 + max(int(name.split(".")[1]) for name in p if name.startswith("blocks."))
context, width = p["positions.weight"].shape
future = torch.triu(torch.full((context, context), -math.inf), 1)


def norm(x, name):
    return F.layer_norm(x, (width,), p[name + ".weight"], p[name + ".bias"])


def linear(x, name):
    return F.linear(x, p[name + ".weight"], p[name + ".bias"])


def heads(x):
    return x.view(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)


def forward(ids, cache=None):
    start = 0 if cache is None or not cache else cache[0][0].shape[2]
    x = F.embedding(ids, p["tokens.weight"]) + p["positions.weight"][start:start + ids.shape[1]]
    for layer in range(layers):
        b = f"blocks.{layer}."
        h = norm(x, b + "norm1")
        q, k, v = (heads(linear(h, b + "attention." + n)) for n in ("query", "key", "value"))
        if cache is not None:
            if layer < len(cache):
                k, v = torch.cat((cache[layer][0], k), 2), torch.cat((cache[layer][1], v), 2)
                cache[layer] = (k, v)
            else:
                cache.append((k, v))
        scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])
        if ids.shape[1] > 1:
            scores = scores + future[:ids.shape[1], :ids.shape[1]]
        h = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        x = x + linear(h, b + "attention.output")
        x = x + linear(F.gelu(linear(norm(x, b + "norm2"), b + "network.widen"), approximate="tanh"), b + "network.narrow")
    return norm(x, "norm")


def loss_of(ids, targets):
    scores = F.linear(forward(ids), p["tokens.weight"])
    return F.cross_entropy(scores.view(-1, scores.shape[-1]), targets.view(-1))


examples = peer.load("examples")
ids = torch.from_numpy(examples["inputs"]).long()
targets = torch.from_numpy(peer.load("targets")["targets"]).long()
first_mib = peer.first_steps(p.values(), lambda: loss_of(ids, targets))
figures = peer.compare(p, loss_of(ids, targets), examples["loss"])
figures["step_mib"] = first_mib
optimiser = torch.optim.AdamW(p.values(), 1e-4)


def step():
    loss = loss_of(ids, targets)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


@torch.no_grad()
def generate():
    cache, following = [], torch.tensor([[1, 2, 3]])
    for _ in range(TOKENS):
        scores = F.linear(forward(following, cache)[:, -1], p["tokens.weight"])
        following = scores.argmax(-1, keepdim=True)


peer.best(1, step)
figures["step_ms"] = peer.best(3, step)
figures["token_ms"] = peer.best(3, generate) / TOKENS
print(json.dumps(figures))
