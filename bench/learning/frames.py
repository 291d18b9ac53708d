"""The pandas side of `bench/run learning frames`: frames.py ROWS KEYS."""
import json
import sys
import time

import numpy as np
import pandas as pd

import memory

rows, keys = int(sys.argv[1]), int(sys.argv[2])
i = np.arange(rows, dtype=np.uint64)
frame = pd.DataFrame({
    "k": ((i * np.uint64(2654435761) % np.uint64(1 << 32)) >> np.uint64(7)).astype(np.int64) % keys,
    "v": (i.astype(np.int64) * 48271 % 1000003) / 1000.0,
})
right = pd.DataFrame({"k": np.arange(keys, dtype=np.int64), "w": np.arange(keys) / 8.0})


def best(body):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        result = body()
        times.append(time.perf_counter() - start)
    return min(times) * 1000, result


group_mib, _ = memory.growth(lambda: frame.groupby("k")["v"].mean())
join_mib, _ = memory.growth(lambda: frame.merge(right, on="k"))
group_ms, means = best(lambda: frame.groupby("k")["v"].mean())
join_ms, joined = best(lambda: frame.merge(right, on="k"))
# merge groups rows by key, so the check looks at the rows that come first in the frame.
check = frame.head(1000).merge(right, on="k", how="left")["w"].sum()
assert len(joined) == rows
print(json.dumps({
    "group_ms": group_ms, "join_ms": join_ms, "group_mib": group_mib, "join_mib": join_mib, "mean": float(means.sum()), "joined": float(check),
}))
