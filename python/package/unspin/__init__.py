"""Find text that a machine has spun, write it back to its canonical wording, and prove every change.

>>> import unspin
>>> result = unspin.fix(text)
>>> result.verdict, result.text
>>> [(edit.before, edit.after, edit.confidence) for edit in result.edits]

Four verbs, as on the command line: ``check``, ``fix``, ``clean`` and ``score``. Each takes one text; ``check_batch`` and the like
take a list of texts, ``check_arrow`` and the like an Arrow array. They are methods of ``unspin.builtin``, the engine with the built-in
dictionaries; ``Engine`` makes others.
"""

from unspin._unspin import (
    ArrowResults,
    CheckResult,
    CleanResult,
    Cut,
    Edit,
    Engine,
    Evidence,
    Extraction,
    Finding,
    FixResult,
    Ground,
    Metadata,
    Passage,
    RepairScore,
    Replacement,
    ScoreResult,
    TextError,
    Trace,
    Translation,
    __version__,
)

builtin = Engine()

check = builtin.check
check_batch = builtin.check_batch
check_arrow = builtin.check_arrow
fix = builtin.fix
fix_batch = builtin.fix_batch
fix_arrow = builtin.fix_arrow
clean = builtin.clean
clean_batch = builtin.clean_batch
clean_arrow = builtin.clean_arrow
score = builtin.score
score_batch = builtin.score_batch
score_arrow = builtin.score_arrow

__all__ = [
    "ArrowResults",
    "CheckResult",
    "CleanResult",
    "Cut",
    "Edit",
    "Engine",
    "Evidence",
    "Extraction",
    "Finding",
    "FixResult",
    "Ground",
    "Metadata",
    "Passage",
    "RepairScore",
    "Replacement",
    "ScoreResult",
    "TextError",
    "Trace",
    "Translation",
    "__version__",
    "builtin",
    "check",
    "check_arrow",
    "check_batch",
    "clean",
    "clean_arrow",
    "clean_batch",
    "fix",
    "fix_arrow",
    "fix_batch",
    "score",
    "score_arrow",
    "score_batch",
]
