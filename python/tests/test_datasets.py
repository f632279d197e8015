"""Hugging Face datasets."""

import pytest

import unspin

datasets = pytest.importorskip("datasets")


@pytest.mark.parametrize("processes", [None, 2])
def test_map(texts, processes):
    import unspin.datasets

    texts = texts * 10
    rows = datasets.Dataset.from_dict({"id": list(range(len(texts))), "text": texts})
    fixed = rows.with_format("arrow").map(
        unspin.datasets.mapper("fix", threads=1), batched=True, batch_size=7, num_proc=processes
    ).with_format(None)
    assert fixed["id"] == list(range(len(texts)))
    expected = unspin.fix_batch(texts)
    assert list(fixed["text"]) == [result.text for result in expected]
    for row, result in zip(fixed["unspin"], expected, strict=True):
        told = result.to_dict()
        del told["text"], told["score"]
        assert row == {**told, "error": None}


def test_wrong_columns_are_told(texts):
    import unspin.datasets

    rows = datasets.Dataset.from_dict({"text": texts}).with_format("arrow")
    with pytest.raises(KeyError, match="no column 'body'"):
        rows.map(unspin.datasets.mapper("check", "body"), batched=True)
    with pytest.raises(ValueError, match="there is a column 'text' already"):
        rows.map(unspin.datasets.mapper("check", into="text"), batched=True)
