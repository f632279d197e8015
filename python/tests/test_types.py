"""The stubs say what the compiled module has, and type checkers take them."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

# What stubtest can't follow: options as an unpacked TypedDict in overloads.
ALLOWED = Path(__file__).with_name("stubtest.txt")

USE = """
import pyarrow as pa
import unspin

text: str = unspin.fix("text", safe=True).text
spans: list[tuple[int, int]] = [(f.char_start, f.char_end) for f in unspin.check("text").findings]
results: list[unspin.ScoreResult] = unspin.score_batch(["text"], threads=2)
answers = unspin.check_batch(["text"], errors="return")
reveal_type(answers)
unspin.fix("text", min_confidense=0.5)
unspin.check_batch(["text"], errors="ignore")
"""


def mypy(*args: str, cwd: Path) -> str:
    return subprocess.run([sys.executable, "-m", *args], capture_output=True, text=True, cwd=cwd).stdout


def test_stubs_fit_the_module(tmp_path):
    told = mypy("mypy.stubtest", "unspin._unspin", "--ignore-disjoint-bases", "--allowlist", str(ALLOWED), cwd=tmp_path)
    assert "Success: no issues found" in told, told


def test_type_checkers_take_them(tmp_path):
    (tmp_path / "use.py").write_text(USE)
    told = mypy("mypy", "--strict", "--ignore-missing-imports", "use.py", cwd=tmp_path)
    problems = [line.split(" ", 1)[0] for line in told.splitlines() if ": error: " in line]
    assert problems == ["use.py:10:", "use.py:11:"], told
    assert "list[unspin._unspin.CheckResult | unspin._unspin.TextError]" in told.splitlines()[0], told
