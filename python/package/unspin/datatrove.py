"""Steps of a datatrove pipeline.

>>> from unspin.datatrove import Repairer, SpunFilter
>>> pipeline = [JsonlReader("pages"), SpunFilter(), JsonlWriter("genuine")]
>>> pipeline = [JsonlReader("pages"), Repairer(), JsonlWriter("repaired")]
"""

from __future__ import annotations

from typing import Any, Collection

from datatrove.data import Document
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.pipeline.writers.disk_base import DiskWriter

import unspin


class SpunFilter(BaseFilter):
    """Drops texts by their verdict, and says in the metadata of all what was found.

    A text that can't be judged, because it is too long, is kept.

    Args:
        verdicts: The verdicts that are dropped.
        exclusion_writer: Where the dropped texts go.
        batch_size: How many texts are judged at once.
        engine: Another engine than the built-in one.
    """

    name = "unspin: spun texts"

    def __init__(
        self,
        verdicts: Collection[str] = ("spun",),
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = 100,
        engine: unspin.Engine | None = None,
    ) -> None:
        super().__init__(exclusion_writer, batch_size)
        self.verdicts = frozenset(verdicts)
        self.engine = engine

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether the text stays."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Whether each text stays."""
        engine = self.engine or unspin.builtin
        results = engine.check_batch([doc.text for doc in batch], threads=1, errors="return")
        return [self._decide(doc, result) for doc, result in zip(batch, results)]

    def _decide(self, doc: Document, result: unspin.CheckResult | unspin.TextError) -> bool | tuple[bool, str]:
        if isinstance(result, unspin.TextError):
            doc.metadata["unspin_error"] = str(result)
            return True
        doc.metadata["unspin_verdict"] = result.verdict
        doc.metadata["spin_probability"] = result.spin_probability
        doc.metadata["spin_rate"] = result.spin_rate
        return (False, result.verdict) if result.verdict in self.verdicts else True


class Repairer(BaseFormatter):
    """Writes spun texts back to their canonical wording. A text that can't be repaired, because it is too long, stays as it is, and is
    counted as ``unspin_error`` in the statistics.

    Args:
        engine: Another engine than the built-in one.
        options: Those of ``unspin.fix``.
    """

    name = "unspin: repair"

    def __init__(self, engine: unspin.Engine | None = None, **options: Any) -> None:
        super().__init__()
        self.engine = engine
        self.options = options

    def format(self, text: str) -> str:
        """The repaired text."""
        try:
            return (self.engine or unspin.builtin).fix(text, **self.options).text
        except unspin.TextError:
            self.stat_update("unspin_error")
            return text
