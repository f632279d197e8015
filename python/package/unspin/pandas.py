"""Columns of pandas.

>>> import pandas as pd, unspin.pandas
>>> frame["text"].unspin.check()["verdict"]
>>> frame.join(frame["text"].unspin.fix()[["verdict", "spin_rate", "edits"]])

A column gives a data frame with its index and a column for each field of ``FixResult`` and the like, and ``error``; a missing text
gives a row of missing values. Options are those of the functions of the same name; ``engine`` takes another engine than the
built-in one. Needs pyarrow.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa

import unspin
from unspin._rows import Verb, answers


def _answers(series: pd.Series, verb: Verb, engine: unspin.Engine | None, options: dict[str, Any]) -> pd.DataFrame:
    texts = pa.array(series, pa.large_string(), from_pandas=True)
    frame = pa.Table.from_struct_array(answers(verb, texts, engine, options)).to_pandas()
    return frame.set_index(series.index)


def check(series: pd.Series, *, engine: unspin.Engine | None = None, **options: Any) -> pd.DataFrame:
    """``unspin.check`` of a column."""
    return _answers(series, "check", engine, options)


def fix(series: pd.Series, *, engine: unspin.Engine | None = None, **options: Any) -> pd.DataFrame:
    """``unspin.fix`` of a column."""
    return _answers(series, "fix", engine, options)


def clean(series: pd.Series, *, engine: unspin.Engine | None = None, **options: Any) -> pd.DataFrame:
    """``unspin.clean`` of a column."""
    return _answers(series, "clean", engine, options)


def score(series: pd.Series, *, engine: unspin.Engine | None = None, **options: Any) -> pd.DataFrame:
    """``unspin.score`` of a column."""
    return _answers(series, "score", engine, options)


@pd.api.extensions.register_series_accessor("unspin")
class UnspinAccessor:
    """The functions of this module as ``series.unspin.check()`` and the like."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def check(self, **options: Any) -> pd.DataFrame:
        """``unspin.pandas.check`` of this column."""
        return check(self._series, **options)

    def fix(self, **options: Any) -> pd.DataFrame:
        """``unspin.pandas.fix`` of this column."""
        return fix(self._series, **options)

    def clean(self, **options: Any) -> pd.DataFrame:
        """``unspin.pandas.clean`` of this column."""
        return clean(self._series, **options)

    def score(self, **options: Any) -> pd.DataFrame:
        """``unspin.pandas.score`` of this column."""
        return score(self._series, **options)
