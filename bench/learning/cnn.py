"""The PyTorch side of the convolutional network of `bench/run learning networks`: cnn.py FOLDER."""
import copy
import json

import torch
import torch.nn as nn

import peer

network = nn.Sequential(
    nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(64 * 7 * 7, 10))
named = peer.parameters()
network.load_state_dict({name: value.data for name, value in named.items()})
examples = peer.load("examples")
images = torch.from_numpy(examples["inputs"])
labels = torch.from_numpy(peer.load("targets")["targets"]).long()
loss_of = nn.CrossEntropyLoss()
first_mib = peer.first_steps(network.parameters(), lambda: loss_of(network(images), labels))
exact = copy.deepcopy(network).double()
loss_of(exact(images.double()), labels).backward()
figures = peer.compare(dict(network.named_parameters()), loss_of(network(images), labels), examples["loss"], dict(exact.named_parameters()))
figures["step_mib"] = first_mib
optimiser = torch.optim.Adam(network.parameters())


def step():
    loss = loss_of(network(images), labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


peer.best(5, step)
figures["step_ms"] = peer.best(20, step)
print(json.dumps(figures))
