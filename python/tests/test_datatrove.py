"""Steps of datatrove, in its own pipeline."""

import json

import pytest

import unspin

pytest.importorskip("datatrove")


def run(tmp_path, texts, *steps):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    (tmp_path / "in").mkdir()
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "in/rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    pipeline = [JsonlReader(str(tmp_path / "in")), *steps, JsonlWriter(str(tmp_path / "out"), compression=None)]
    stats = LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "logs")).run()
    lines = [line for file in sorted((tmp_path / "out").glob("*.jsonl")) for line in file.read_text().splitlines()]
    return [json.loads(line) for line in lines], stats


def test_spun_texts_are_dropped_and_kept_apart(tmp_path, spun, clean):
    from datatrove.pipeline.writers import JsonlWriter

    from unspin.datatrove import SpunFilter

    excluded = JsonlWriter(str(tmp_path / "spun"), compression=None)
    rows, _ = run(tmp_path, [spun, clean, "short"], SpunFilter(exclusion_writer=excluded, batch_size=2))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["metadata"]["unspin_verdict"] == "clean"
    dropped = [json.loads(line) for line in next((tmp_path / "spun").glob("*.jsonl")).read_text().splitlines()]
    assert [row["id"] for row in dropped] == ["0"]
    assert dropped[0]["metadata"]["spin_probability"] == unspin.check(spun).spin_probability


def test_texts_are_repaired(tmp_path, spun, clean):
    from unspin.datatrove import Repairer

    rows, _ = run(tmp_path, [spun, clean], Repairer(safe=True))
    assert [row["text"] for row in rows] == [unspin.fix(spun, safe=True).text, clean]


def test_what_cannot_be_judged_stays(tmp_path, clean):
    from unspin.datatrove import Repairer, SpunFilter

    page = "<html><body></body></html>"
    rows, stats = run(tmp_path, [page, clean], SpunFilter(), Repairer(clean=True))
    assert [row["text"] for row in rows] == [page, unspin.clean(clean).text]
    assert stats.stats[2].stats["unspin_error"].total == 1
