"""The NumPy side of `bench/run learning arrays`: arrays.py FOLDER SIZE. Compares what Cairn computed, and times the matrix product."""
import json
import os
import sys
import time

import numpy as np

import memory

folder, size = sys.argv[1], int(sys.argv[2])
x = np.load(os.path.join(folder, "arrays.npz"))


def error(ours, theirs):
    return float(np.abs(ours - theirs).max() / max(1.0, np.abs(theirs).max()))


q, r = np.linalg.qr(x["wide"])
figures = {
    "svd_error": error(x["svd"], np.linalg.svd(x["wide"], compute_uv=False)),
    "q_error": error(x["q"], q),
    "r_error": error(x["r"], r),
    "eigenvalues_error": error(x["eigenvalues"], np.linalg.eigvalsh(x["symmetric"])),
    "eigenvectors_error": error(x["symmetric"] @ x["eigenvectors"], x["eigenvectors"] * x["eigenvalues"]),
    "solution_error": error(x["solution"], np.linalg.solve(x["square"], x["right"])),
    "inverse_error": error(x["inverse"], np.linalg.inv(x["square"])),
    "determinant_error": error(x["determinant"] / np.linalg.det(x["square"]), np.ones(1)),
    "cholesky_error": error(x["cholesky"], np.linalg.cholesky(x["half"] @ x["half"].T + np.eye(50))),
    "least_squares_error": error(x["least"], np.linalg.lstsq(x["wide"], x["target"], rcond=None)[0]),
    "std_error": error(x["std"], x["wide"].std(0)),
    "cumsum_error": error(x["cumsum"], x["wide"].cumsum(1)),
    "argsort_error": error(x["argsort"], x["wide"].argsort(0, kind="stable")),
}
rng = np.random.default_rng(1)
a = rng.standard_normal((size, size), dtype=np.float32)
b = rng.standard_normal((size, size), dtype=np.float32)
figures["matmul_mib"], _ = memory.growth(lambda: a @ b)
times = []
for _ in range(25):
    start = time.perf_counter()
    a @ b
    times.append(time.perf_counter() - start)
figures["matmul_ms"] = min(times) * 1000
print(json.dumps(figures))
