"""Postings as features for scikit-learn: which skills they name, and how strongly.

>>> from rolelean.sklearn import SkillFeatures
>>> features = SkillFeatures().fit_transform(["You write Kotlin.", "You patch Linux servers."])
>>> features.shape[0], features.nnz > 1
(2, True)

Needs scikit-learn 1.6 or later, and pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any, Optional, Union

import numpy
import pyarrow
import scipy.sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from rolelean import Classifier

if TYPE_CHECKING:
    from rolelean._files import Paths

__all__ = ["SkillFeatures"]

_VALUES = ("contribution", "mentions", "presence")


class SkillFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns texts into a sparse matrix with a column for each skill of a lexicon.

    Nothing is learnt from the texts: the columns are the lexicon's, so that matrices of separate calls fit together.
    Skills that a posting says it does without count as not named. A missing text is a row of zeros.

    Args:
        lexicon: As for :class:`rolelean.Classifier`.
        extend: As for :class:`rolelean.Classifier`.
        threads: As for :class:`rolelean.Classifier`.
        value: What stands in the matrix: ``"contribution"`` to the score (0 for shared skills), the number of
            ``"mentions"``, or ``"presence"`` as 0 and 1.
    """

    def __init__(
        self,
        lexicon: Union[str, PathLike[str], None] = None,
        extend: Paths = (),
        threads: Optional[int] = None,
        value: str = "presence",
    ) -> None:
        self.lexicon = lexicon
        self.extend = extend
        self.threads = threads
        self.value = value

    def fit(self, X: Iterable[Optional[str]], y: Any = None) -> SkillFeatures:
        """Makes the lexicon ready; the texts are not looked at."""
        if self.value not in _VALUES:
            raise ValueError(f"value={self.value!r} is none of {', '.join(map(repr, _VALUES))}")
        self.classifier_ = Classifier(self.lexicon, extend=self.extend, threads=self.threads)
        self.skills_ = self.classifier_.skills
        return self

    def transform(self, X: Iterable[Optional[str]]) -> scipy.sparse.csr_matrix:
        """The matrix of some texts: a row for each, a column for each skill."""
        check_is_fitted(self)
        if isinstance(X, str):
            raise ValueError("X is one str, where many are expected: put it in a list")
        texts = pyarrow.array([None if _is_missing(text) else text for text in X], pyarrow.string())
        numbered = pyarrow.table({"id": pyarrow.array(range(len(texts)), pyarrow.int64()), "text": texts})
        _, matches = self.classifier_.classify_arrow(numbered, "text", id="id", matches=True)
        matches = matches.filter(numpy.logical_not(matches["negated"].to_numpy()))
        columns = {skill.id: at for at, skill in enumerate(self.skills_)}
        rows = matches["id"].to_numpy()
        places = numpy.fromiter((columns[id] for id in matches["skill_id"].to_pylist()), numpy.int64, len(rows))
        values = numpy.ones(len(rows)) if self.value == "presence" else matches[self.value].to_numpy().astype(float)
        return scipy.sparse.csr_matrix((values, (rows, places)), shape=(len(texts), len(columns)))

    def get_feature_names_out(self, input_features: Any = None) -> numpy.ndarray[Any, Any]:
        """The ids of the skills, in the order of the columns."""
        check_is_fitted(self)
        return numpy.asarray([skill.id for skill in self.skills_], dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        tags.no_validation = True
        return tags


def _is_missing(text: object) -> bool:
    # NaN and its kin are the values that are not equal to themselves, or do not say.
    return text is None or type(text).__name__ in ("NAType", "NaTType") or (isinstance(text, float) and text != text)
