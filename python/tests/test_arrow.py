"""Arrow arrays in, Arrow structs out."""

import pytest

import unspin

pa = pytest.importorskip("pyarrow")


@pytest.mark.parametrize("verb", ["check", "fix", "clean", "score"])
def test_rows_are_the_objects(verb, texts, scraped):
    texts = [*texts, scraped]
    results = getattr(unspin, f"{verb}_batch")(texts)
    array = pa.array(getattr(unspin, f"{verb}_arrow")(pa.array(texts)))
    assert isinstance(array, pa.StructArray)
    for row, result in zip(array.to_pylist(), results, strict=True):
        assert row.pop("error") is None
        expected = result.to_dict()
        if verb == "fix":
            assert expected.pop("score") is None
        assert row == expected


def test_scores_of_repairs_are_columns_when_asked_for(spun):
    row = pa.array(unspin.fix_arrow(pa.array([spun]), score=True)).to_pylist()[0]
    assert row["score"] == unspin.fix(spun, score=True).score.to_dict()


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"])
def test_every_kind_of_text_is_read(kind, texts):
    array = pa.array(texts).cast(pa.binary() if "binary" in kind else pa.string()).cast(getattr(pa, kind)())
    expected = unspin.check_batch(texts)
    assert [row["words"] for row in pa.array(unspin.check_arrow(array)).to_pylist()] == [r.words for r in expected]


def test_slices_dictionaries_chunks_and_nulls(texts):
    words = lambda results: [row["words"] for row in pa.chunked_array(results).to_pylist()]
    array = pa.array([None, *texts, None])
    whole = words(unspin.check_arrow(array))
    assert whole[0] is whole[-1] is None and whole[1:-1] == [r.words for r in unspin.check_batch(texts)]
    assert words(unspin.check_arrow(array[2:4])) == whole[2:4]
    assert words(unspin.check_arrow(array.dictionary_encode())) == whole
    assert words(unspin.check_arrow(pa.chunked_array([array[:2], array[2:2], array[2:]]))) == whole
    assert words(unspin.check_arrow(pa.chunked_array([], pa.string()))) == []
    assert len(unspin.check_arrow(array)) == len(array)
    assert words(unspin.check_arrow(pa.nulls(2))) == [None, None]


def test_tables_name_their_column(texts):
    table = pa.table({"id": range(len(texts)), "body": texts})
    for frame in (table, table.to_batches()[0]):
        assert pa.array(unspin.score_arrow(frame, text_field="body")).field("words").to_pylist()[0] == 435
    with pytest.raises(KeyError, match=r"no column 'text' \(there are: id, body\): name it with text_field"):
        unspin.check_arrow(table)


def test_errors_stand_in_their_rows(spun):
    pages = pa.array([b"a\0b", spun.encode(), b"<html><body></body></html>"])
    rows = pa.array(unspin.clean_arrow(pages)).to_pylist()
    assert [row["error"] for row in rows] == [
        "binary data (a NUL byte at 1): give a text or an HTML page",
        None,
        "no article found in the page",
    ]
    assert rows[0]["text"] is None and rows[1]["text"]
    row = pa.array(unspin.fix_arrow(pa.array([b"\xff"]))).to_pylist()[0]
    assert row["error"].startswith("not valid UTF-8 at byte 0")


def test_other_columns_are_refused():
    with pytest.raises(TypeError, match="a column of texts is needed, not of Int64"):
        unspin.check_arrow(pa.array([1]))
    with pytest.raises((TypeError, ValueError)):
        unspin.check_arrow(["a list"])
