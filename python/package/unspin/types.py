"""The types of options and of Arrow inputs, for annotations."""

from __future__ import annotations

import os
from typing import Literal, Protocol, TypedDict, Union

Verdict = Literal["clean", "suspect", "spun", "too_short", "passed_over"]
Family = Literal["blog", "thesaurus", "academic"]
Applicability = Literal["safe", "unsafe", "display"]
Quotes = Literal["fix", "ask", "keep"]
PageFormat = Literal["auto", "text", "html"]
Path = Union[str, "os.PathLike[str]"]
Measures = dict[str, Union[int, float, None]]


class ArrowArray(Protocol):
    """Whatever gives an Arrow array."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


class ArrowStream(Protocol):
    """Whatever gives a stream of Arrow arrays."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class CheckOptions(TypedDict, total=False):
    """Options of ``check``."""

    min_confidence: float
    any_verdict: bool
    quotes: Quotes
    explain: bool


class PageOptions(TypedDict, total=False):
    """How pages are read and what is cut."""

    version: Literal["old", "new"] | int
    cut_confidence: float
    page_format: PageFormat


class CleanOptions(PageOptions, total=False):
    """Options of ``clean``."""

    split: bool


class FixOptions(PageOptions, total=False):
    """Options of ``fix``."""

    min_confidence: float | None
    safe: bool
    any_verdict: bool
    quotes: Quotes
    clean: bool
    score: bool
