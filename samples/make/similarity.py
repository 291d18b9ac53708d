"""Reports the most similar pairs of documents in the harbour sample: Jaccard of the sets of word 5-grams."""
import html
import itertools
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "harbour"


def text(path):
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True).stdout
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as z:
            return html.unescape(re.sub(r"<[^>]+>", " ", z.read("word/document.xml").decode("utf-8").replace("</w:p>", "\n")))
    if data[:2] == b"\xff\xfe":
        return data[2:].decode("utf-16-le")
    s = data.decode("utf-8-sig")
    if path.suffix == ".html":
        s = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", s)))
    return s


def grams(s, n=5):
    w = re.findall(r"\w+", s.lower())
    return {tuple(w[i:i + n]) for i in range(len(w) - n + 1)}


docs = {p.relative_to(ROOT).as_posix(): text(p) for p in sorted(ROOT.rglob("*")) if p.is_file()}
sets = {k: grams(v) for k, v in docs.items()}
pairs = sorted(((len(sets[a] & sets[b]) / len(sets[a] | sets[b]), a, b) for a, b in itertools.combinations(sets, 2) if sets[a] and sets[b]), reverse=True)
for score, a, b in pairs[: int(sys.argv[1]) if len(sys.argv) > 1 else 10]:
    print(f"{score:.3f}  {a}  {b}")
prose = {k: len(v.split()) for k, v in docs.items() if not k.endswith(".csv")}
print(f"{len(docs)} documents, {sum(prose.values())} words without tables; shortest: {sorted((n, k) for k, n in prose.items())[:4]}; longest: {max((n, k) for k, n in prose.items())}")
lines = {}
for k, v in docs.items():
    for line in re.split(r"(?<=[.!?])\s+|\n", v):
        line = " ".join(line.split())
        if len(line.split()) >= 8:
            lines.setdefault(line, set()).add(k)
for line, where in lines.items():
    if len(where) > 1:
        print("repeated:", line[:100], sorted(where))
