"""What several tests need."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def spun() -> str:
    return (ROOT / "samples/spun.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def clean() -> str:
    return (ROOT / "samples/clean.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def scraped() -> str:
    return (ROOT / "samples/scraped.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def texts(spun: str, clean: str) -> list[str]:
    return [spun, clean, "too short", ""]


@pytest.fixture(scope="session")
def program():
    """Runs the program and gives what it prints as JSON, a list of rows with ``--jsonl``."""
    named = os.environ.get("UNSPIN_PROGRAM")
    found = [Path(named)] if named else [ROOT / "target" / kind / "unspin" for kind in ("release", "debug")]
    binary = next((path for path in found if path.is_file()), None)
    if binary is None:
        pytest.skip("the program isn't built: run `cargo build --release`, or name it in UNSPIN_PROGRAM")

    def run(*args: str, rows: list[str] | None = None):
        sent = "".join(json.dumps({"text": text}) + "\n" for text in rows) if rows is not None else None
        done = subprocess.run([binary, *args], input=sent, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
        assert done.returncode in (0, 1), done.stderr
        lines = done.stdout.splitlines()
        return [json.loads(line) for line in lines] if rows is not None else json.loads(done.stdout)

    return run
