"""polars and pandas."""

import pytest

import unspin


@pytest.mark.parametrize("verb", ["check", "fix", "clean", "score"])
def test_polars(verb, texts):
    pl = pytest.importorskip("polars")
    import unspin.polars

    frame = pl.DataFrame({"id": range(5), "text": [*texts, None]})
    expr = getattr(pl.col("text").unspin, verb)()
    done = frame.lazy().with_columns(expr.alias("unspin")).filter(pl.col("id") != 2).collect()
    assert done.columns == ["id", "text", "unspin"] and done["id"].to_list() == [0, 1, 3, 4]
    words = "words_before" if verb == "clean" else "words"
    expected = [getattr(result, words) for result in getattr(unspin, f"{verb}_batch")(texts)]
    assert done["unspin"].struct.field(words).to_list() == [expected[0], expected[1], expected[3], None]
    assert done.schema == frame.lazy().with_columns(expr.alias("unspin")).collect_schema()
    named = getattr(unspin.polars, verb)("text", engine=unspin.builtin)
    assert frame.select(named).get_column("text").struct.field(words).to_list()[:4] == expected
    with pytest.raises(TypeError, match="unexpected keyword argument 'wrong'"):
        getattr(pl.col("text").unspin, verb)(wrong=1)


@pytest.mark.parametrize("verb", ["check", "fix", "clean", "score"])
def test_pandas(verb, texts):
    pd = pytest.importorskip("pandas")
    import unspin.pandas

    series = pd.Series([*texts, None], index=list("abcde"), name="text")
    done = getattr(series.unspin, verb)(threads=1)
    assert list(done.index) == list("abcde")
    words = "words_before" if verb == "clean" else "words"
    expected = [getattr(result, words) for result in getattr(unspin, f"{verb}_batch")(texts)]
    assert done[words].iloc[:4].to_list() == expected and pd.isna(done[words].iloc[4])
    joined = series.to_frame().join(done[[words]])
    assert list(joined.columns) == ["text", words]
    assert getattr(unspin.pandas, verb)(series[:0]).empty
