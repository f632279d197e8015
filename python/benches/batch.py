"""The package against the program on the same documents, with the same number of threads, turn by turn in one run.

    python python/benches/batch.py rows.jsonl [--documents 2000]

The program reads and writes JSON Lines in files (`unspin fix --jsonl`); the package is given the texts as a list and as an Arrow array.
The program is target/release/unspin, or the one that UNSPIN_PROGRAM names.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from itertools import islice
from pathlib import Path

import pyarrow as pa

import unspin

PROGRAM = os.environ.get("UNSPIN_PROGRAM", str(Path(__file__).parents[2] / "target/release/unspin"))


def timed(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="JSON Lines with a text in the field `text` of each")
    parser.add_argument("--documents", type=int, default=2000, help="how many are taken at most")
    parser.add_argument("--turns", type=int, default=5, help="how often each is run; the medians are compared")
    args = parser.parse_args()
    with args.rows.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, args.documents)]
    size = sum(len(text.encode()) for text in texts)
    array = pa.array(texts)
    print(f"{len(texts)} documents, {size / 1e6:.1f} MB, one thread, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as temporary:
        rows = Path(temporary) / "rows.jsonl"
        rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")

        def program(verb: str) -> None:
            with (Path(temporary) / "out.jsonl").open("w") as out:
                command = [PROGRAM, verb, "--jsonl", str(rows)]
                subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=False)

        for verb in ("check", "fix", "clean", "score"):
            lists, arrows = getattr(unspin, f"{verb}_batch"), getattr(unspin, f"{verb}_arrow")
            runs = {
                "program": lambda: program(verb),
                "list": lambda: lists(texts, threads=1, errors="return"),
                "Arrow": lambda: arrows(array, threads=1),
            }
            turns = [{name: timed(run) for name, run in runs.items()} for _ in range(args.turns)]
            for name in runs:
                seconds = statistics.median(turn[name] for turn in turns)
                ratio = statistics.median(turn["program"] / turn[name] for turn in turns)
                print(f"{verb:<6} {name:<8} {seconds:7.2f} s  {size / seconds / 1e6:6.2f} MB/s  {ratio:5.2f}x the program")


if __name__ == "__main__":
    main()
