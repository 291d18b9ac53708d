"""What the PyTorch sides of `bench/run learning networks` share: reading Cairn's parameters and gradients, comparing, timing."""
import os
import sys
import time

import numpy as np
import torch

import memory

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
folder = sys.argv[1]


def load(name):
    with np.load(os.path.join(folder, name + ".npz")) as file:
        return {key: file[key] for key in file.files}


def parameters():
    return {name: torch.nn.Parameter(torch.from_numpy(value.copy())) for name, value in load("parameters").items()}


def first_steps(parameters, loss_of):
    """MiB that two training steps take on top of parameters and examples, before any other has left its memory for reuse. The rate is 0: nothing learns."""
    optimiser = torch.optim.AdamW(list(parameters), 0.0, weight_decay=0.0)

    def body():
        for _ in range(2):
            optimiser.zero_grad()
            loss_of().backward()
            optimiser.step()

    mib, _ = memory.growth(body)
    optimiser.zero_grad(set_to_none=True)
    return mib


def compare(named, loss, expected, exact=None):
    """The loss's difference, and the largest of the gradients', each relative to the gradient's largest number. Where `exact` holds gradients in
    double precision, both sides are held against those: a maximum of two nearly equal numbers falls either way in float32."""
    loss.backward()
    ours = load("gradients")
    figures = {"loss_error": abs(float(loss) - float(expected)), "gradient_error": 0.0, "reference_error": 0.0}
    for name, parameter in named.items():
        theirs = parameter.grad.numpy()
        truth = theirs if exact is None else exact[name].grad.numpy()
        scale = max(1e-6, np.abs(truth).max())
        figures["gradient_error"] = max(figures["gradient_error"], float(np.abs(ours[name] - truth).max() / scale))
        figures["reference_error"] = max(figures["reference_error"], float(np.abs(theirs - truth).max() / scale))
    return figures


def best(rounds, body):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return min(times) * 1000
