"""Functions for ``map`` of Hugging Face datasets.

>>> from datasets import load_dataset
>>> import unspin.datasets
>>> rows = load_dataset("json", data_files="rows.jsonl", split="train")
>>> fixed = rows.with_format("arrow").map(unspin.datasets.mapper("fix"), batched=True).with_format(None)

With ``num_proc=N`` say ``threads=1`` as well: each process has the threads of a whole machine otherwise. Needs pyarrow.
"""

from __future__ import annotations

from typing import Any, Callable

import pyarrow as pa

import unspin
from unspin._rows import Verb, add, refuse


def mapper(
    verb: Verb, text_field: str = "text", *, into: str = "unspin", engine: unspin.Engine | None = None, **options: Any
) -> Callable[[pa.Table], pa.Table]:
    """A function for ``map(…, batched=True)`` of a data set in the format "arrow".

    It adds the column ``into``, a struct with the fields of ``FixResult`` and the like but for ``text``, and ``error``; ``fix`` and
    ``clean`` also replace the texts.
    """

    def run(rows: pa.Table) -> pa.Table:
        refuse(rows.column_names, text_field, into)
        return add(rows, verb, text_field, into, engine, options)

    return run
