"""Functions of Spark data frames, by ``mapInArrow``.

>>> import unspin.spark
>>> fixed = unspin.spark.fix(spark.read.parquet("pages"), "text")
>>> fixed.filter("unspin.verdict = 'spun'").write.parquet("repaired")

The wheel must be installed on the workers. One thread works in each Python process of an executor, as Spark runs one for each core;
with ``spark.task.cpus`` above 1, say ``threads`` as well. Needs pyarrow.
"""

from __future__ import annotations

from typing import Any, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import StructField, StructType

import unspin
from unspin._rows import Verb, add, kind, refuse


def _map(
    frame: DataFrame, verb: Verb, text_field: str, into: str, engine: unspin.Engine | None, options: dict[str, Any]
) -> DataFrame:
    refuse(frame.columns, text_field, into)
    options.setdefault("threads", 1)
    # Wrong options are told now, not when the first task fails.
    added = StructField(into, from_arrow_type(kind(verb, engine, options)))

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield add(batch, verb, text_field, into, engine, options)

    return frame.mapInArrow(run, StructType([*frame.schema.fields, added]))


def check(
    frame: DataFrame, text_field: str = "text", *, into: str = "unspin", engine: unspin.Engine | None = None, **options: Any
) -> DataFrame:
    """The frame with a column of what ``unspin.check`` answers: a struct with the fields of ``CheckResult`` and ``error``."""
    return _map(frame, "check", text_field, into, engine, options)


def fix(
    frame: DataFrame, text_field: str = "text", *, into: str = "unspin", engine: unspin.Engine | None = None, **options: Any
) -> DataFrame:
    """The frame with its texts repaired, and a column of what ``unspin.fix`` answers: the fields of ``FixResult`` but for ``text``,
    and ``error``."""
    return _map(frame, "fix", text_field, into, engine, options)


def clean(
    frame: DataFrame, text_field: str = "text", *, into: str = "unspin", engine: unspin.Engine | None = None, **options: Any
) -> DataFrame:
    """The frame with its pages cleaned, and a column of what ``unspin.clean`` answers: the fields of ``CleanResult`` but for
    ``text``, and ``error``."""
    return _map(frame, "clean", text_field, into, engine, options)


def score(
    frame: DataFrame, text_field: str = "text", *, into: str = "unspin", engine: unspin.Engine | None = None, **options: Any
) -> DataFrame:
    """The frame with a column of what ``unspin.score`` answers: a struct with the fields of ``ScoreResult`` and ``error``."""
    return _map(frame, "score", text_field, into, engine, options)
