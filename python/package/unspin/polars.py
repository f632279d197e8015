"""Expressions for polars.

>>> import polars as pl, unspin.polars
>>> frame.with_columns(pl.col("text").unspin.fix().alias("unspin"))
>>> frame.filter(pl.col("text").unspin.check().struct.field("verdict") != "spun")

An expression gives a struct for each text, with the fields of ``FixResult`` and the like and ``error``; a null gives a struct of
nulls. Options are those of the functions of the same name; ``engine`` takes another engine than the built-in one.
"""

from __future__ import annotations

from typing import Any

import polars as pl

import unspin


def _answers(expr: pl.Expr, verb: str, engine: unspin.Engine | None, options: dict[str, Any]) -> pl.Expr:
    method = getattr(engine or unspin.builtin, f"{verb}_arrow")

    def run(texts: pl.Series) -> pl.Series:
        return pl.Series(texts.name, pl.Series(method(texts, **options)))

    # Wrong options are told now, not when the frame is collected.
    kind = run(pl.Series("", [], dtype=pl.String)).dtype
    return expr.map_batches(run, return_dtype=kind, is_elementwise=True)


def check(expr: pl.Expr | str, *, engine: unspin.Engine | None = None, **options: Any) -> pl.Expr:
    """``unspin.check`` of a column."""
    return _answers(_column(expr), "check", engine, options)


def fix(expr: pl.Expr | str, *, engine: unspin.Engine | None = None, **options: Any) -> pl.Expr:
    """``unspin.fix`` of a column."""
    return _answers(_column(expr), "fix", engine, options)


def clean(expr: pl.Expr | str, *, engine: unspin.Engine | None = None, **options: Any) -> pl.Expr:
    """``unspin.clean`` of a column."""
    return _answers(_column(expr), "clean", engine, options)


def score(expr: pl.Expr | str, *, engine: unspin.Engine | None = None, **options: Any) -> pl.Expr:
    """``unspin.score`` of a column."""
    return _answers(_column(expr), "score", engine, options)


def _column(expr: pl.Expr | str) -> pl.Expr:
    return pl.col(expr) if isinstance(expr, str) else expr


@pl.api.register_expr_namespace("unspin")
class UnspinNamespace:
    """The functions of this module as ``expression.unspin.check()`` and the like."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def check(self, **options: Any) -> pl.Expr:
        """``unspin.polars.check`` of this expression."""
        return check(self._expr, **options)

    def fix(self, **options: Any) -> pl.Expr:
        """``unspin.polars.fix`` of this expression."""
        return fix(self._expr, **options)

    def clean(self, **options: Any) -> pl.Expr:
        """``unspin.polars.clean`` of this expression."""
        return clean(self._expr, **options)

    def score(self, **options: Any) -> pl.Expr:
        """``unspin.polars.score`` of this expression."""
        return score(self._expr, **options)
