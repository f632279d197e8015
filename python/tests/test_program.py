"""The package and the program say the same: nothing here is a second implementation."""

import pytest

import unspin


def without_nulls(value):
    """The program leaves out what the objects have as None, and an empty explanation."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None and (k, v) != ("explanation", [])}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_check(program, texts):
    document = program("check", "--format", "json", "samples/spun.txt")["documents"][0]
    del document["path"]
    for finding in document["findings"]:
        del finding["type"], finding["path"]
    assert without_nulls(unspin.check(texts[0]).to_dict()) == without_nulls(document)


@pytest.mark.parametrize(
    ("options", "typed"),
    [
        ({}, []),
        ({"safe": True}, ["--safe"]),
        ({"min_confidence": 0.8, "quotes": "keep"}, ["--min-confidence", "0.8", "--quotes", "keep"]),
        ({"any_verdict": True, "score": True}, ["--any-verdict", "--score"]),
        ({"clean": True, "cut_confidence": 0.9}, ["--clean", "--cut-confidence", "0.9"]),
    ],
)
def test_fix(program, texts, scraped, options, typed):
    texts = [*texts, scraped]
    for row, result in zip(program("fix", "--jsonl", *typed, rows=texts), unspin.fix_batch(texts, **options)):
        told = {"text": row["text"], **row["unspin"]}
        assert (told.pop("schema"), told.pop("version")) == ("unspin-batch", 1)
        assert without_nulls(result.to_dict()) == without_nulls(told)


def test_clean(program, texts, scraped):
    texts = [*texts, scraped]
    for row, result in zip(program("clean", "--jsonl", "--split", rows=texts), unspin.clean_batch(texts, split=True)):
        told = {"text": row["text"], "articles": [], **row["unspin"]}
        assert (told.pop("schema"), told.pop("version")) == ("unspin-clean", 1)
        assert without_nulls(result.to_dict()) == without_nulls(told)


def test_score(program, texts):
    for row, result in zip(program("score", "--jsonl", rows=texts), unspin.score_batch(texts)):
        told = {**row["unspin"], **row["unspin"]["score"]}
        del told["schema"], told["version"], told["score"]
        assert result.to_dict() == told
