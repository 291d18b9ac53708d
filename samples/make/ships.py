"""Writes recipes/ships.csv: calls of made-up ships that are late in strong wind. Plain Python: running it twice gives the same bytes."""
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "recipes" / "ships.csv"
ROWS = 240
state = 7


def draw():
    """A number from 0 to 1 (a linear congruential generator, which any language repeats)."""
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return state / 2**32


lines = ["tonnage,flag,wind,remark,delayed"]
for row in range(ROWS):
    tonnage, wind = 500 + draw() * 9000, draw() * 30
    remark = "storm expected" if wind > 20 else "calm sea"
    delayed = "yes" if wind + draw() * 10 > 20 else "no"
    lines.append(f"{tonnage:.1f},{'NO' if row % 3 == 0 else 'DE'},{wind:.2f},{remark},{delayed}")
OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{OUT.name}: {ROWS} rows")
