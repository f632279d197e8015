"""Rows with a column of texts in, the same rows with the answers out: what Spark and datasets are given."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

import unspin

Verb = Literal["check", "fix", "clean", "score"]
Rows = TypeVar("Rows", pa.RecordBatch, pa.Table)


def answers(verb: Verb, texts: Any, engine: unspin.Engine | None, options: dict[str, Any]) -> pa.StructArray:
    """The answers to some texts as one array."""
    method = getattr(engine or unspin.builtin, f"{verb}_arrow")
    return pa.array(method(texts, **options))


def kind(verb: Verb, engine: unspin.Engine | None, options: dict[str, Any]) -> pa.StructType:
    """What is added to each row: the answer without its text, which stands in the row itself."""
    whole = answers(verb, pa.array([], pa.string()), engine, options).type
    return pa.struct([field for field in whole if field.name != "text"])


def add(
    rows: Rows, verb: Verb, text_field: str, into: str, engine: unspin.Engine | None, options: dict[str, Any]
) -> Rows:
    """The rows with the answers in a new last column, and for ``fix`` and ``clean`` with the new texts.

    The text of a row that can't be answered stays as it came; the answer says why in ``error``.
    """
    texts = rows.column(text_field)
    answer = answers(verb, texts, engine, options)
    names = [field.name for field in answer.type if field.name != "text"]
    columns = [answer.field(name) for name in names]
    fields = [answer.type.field(name) for name in names]
    if answer.type.get_field_index("text") >= 0:
        came = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        new = pc.coalesce(answer.field("text").cast(came.type), came)
        index = rows.schema.get_field_index(text_field)
        rows = rows.set_column(index, rows.schema.field(index), new)
    return rows.append_column(into, pa.StructArray.from_arrays(columns, fields=fields))


def refuse(names: list[str], text_field: str, into: str) -> None:
    """Says so where the columns are not those that are needed."""
    if text_field not in names:
        raise KeyError(f"no column {text_field!r} (there are: {', '.join(names)}): name it with text_field")
    if into in names:
        raise ValueError(f"there is a column {into!r} already: name another one with into")
