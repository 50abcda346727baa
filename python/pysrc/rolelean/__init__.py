"""Says which of two roles each job posting leans to, and shows the skills that decided it.

>>> from rolelean import Classifier
>>> classifier = Classifier()
>>> verdict = classifier.classify("You patch Linux servers, look after Active Directory and restore service after an outage.")
>>> verdict.leaning
'systems-engineer'

Many postings at once are faster: ``classify_batch`` takes texts, ``classify_arrow`` takes data frames.
"""

from rolelean._classifier import Classifier, Lexicon, Role, Verdict
from rolelean._errors import ColumnError, ColumnTypeError, InternalError, LexiconError
from rolelean._native import VERSION as __version__

__all__ = [
    "Classifier",
    "ColumnError",
    "ColumnTypeError",
    "InternalError",
    "Lexicon",
    "LexiconError",
    "Role",
    "Verdict",
    "__version__",
]
