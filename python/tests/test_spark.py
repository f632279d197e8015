"""Spark in one process; benches/spark.py runs a cluster, and kills a worker of it."""

import os
import shutil
import sys

import pytest

import unspin

pytest.importorskip("pyspark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs a Java runtime", allow_module_level=True)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("verb", ["check", "fix", "clean", "score"])
def test_rows_are_those_of_one_machine(spark, texts, verb):
    import unspin.spark

    rows = [(number, text) for number, text in enumerate([*texts * 3, None])]
    frame = spark.createDataFrame(rows, "id long, text string").repartition(3)
    done = getattr(unspin.spark, verb)(frame).orderBy("id").collect()
    assert [row["id"] for row in done] == list(range(len(rows)))
    for row, result in zip(done, getattr(unspin, f"{verb}_batch")(texts * 3)):
        told = result.to_dict()
        told.pop("text", None)
        if verb == "fix":
            del told["score"]
        assert row["unspin"].asDict(recursive=True) == {**told, "error": None}
        assert row["text"] == (getattr(result, "text", None) if verb in ("fix", "clean") else rows[row["id"]][1])
    assert done[-1]["text"] is None


def test_a_page_without_an_article_stays_and_says_so(spark):
    import unspin.spark

    page = "<html><body></body></html>"
    row = unspin.spark.clean(spark.createDataFrame([(page,)], "body string"), "body", into="cleaned").collect()[0]
    assert row["body"] == page and row["cleaned"]["error"] == "no article found in the page"


def test_wrong_options_are_told_at_once(spark):
    import unspin.spark

    frame = spark.createDataFrame([("a text",)], "text string")
    with pytest.raises(TypeError, match="unexpected keyword argument 'wrong'"):
        unspin.spark.fix(frame, wrong=1)
    with pytest.raises(KeyError, match="no column 'body'"):
        unspin.spark.fix(frame, "body")
    with pytest.raises(ValueError, match="there is a column 'text' already"):
        unspin.spark.check(frame, into="text")
