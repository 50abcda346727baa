"""Says which of two roles each job posting leans to, and shows the skills that decided it.

>>> from rolelean import Classifier
>>> classifier = Classifier()
>>> verdict = classifier.classify("You patch Linux servers, look after Active Directory and restore service after an outage.")
>>> verdict.leaning
'systems-engineer'

Many postings at once are faster: ``classify_batch`` takes texts, ``classify_arrow`` data frames, ``classify_files`` files.
``python -m rolelean`` is the command line.
"""

from rolelean._classifier import Classifier, Lexicon, Role, Skill
from rolelean._columns import Columns, choose_columns
from rolelean._errors import ColumnError, ColumnTypeError, ColumnWarning, InternalError, LexiconError, SkippedWarning
from rolelean._files import iter_postings
from rolelean._native import VERSION as __version__
from rolelean._results import (
    Explanation,
    Facts,
    Match,
    Mention,
    NeitherTerm,
    Pay,
    Posting,
    Section,
    Verdict,
)

__all__ = [
    "Classifier",
    "ColumnError",
    "ColumnTypeError",
    "ColumnWarning",
    "Columns",
    "Explanation",
    "Facts",
    "InternalError",
    "Lexicon",
    "LexiconError",
    "Match",
    "Mention",
    "NeitherTerm",
    "Pay",
    "Posting",
    "Role",
    "Section",
    "Skill",
    "SkippedWarning",
    "Verdict",
    "__version__",
    "choose_columns",
    "iter_postings",
]
