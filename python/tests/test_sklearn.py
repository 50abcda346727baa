"""Skills as features of scikit-learn."""

from __future__ import annotations

import doctest
from typing import Any

import numpy
import pandas
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

import rolelean.sklearn
from rolelean.sklearn import SkillFeatures

TEXTS = ["You write Kotlin. You know Kotlin.", "You patch Linux servers.", None, "No Kotlin."]


@parametrize_with_checks([SkillFeatures(threads=1)])  # type: ignore[untyped-decorator]
def test_it_keeps_the_rules_of_scikit_learn(estimator: Any, check: Any) -> None:
    check(estimator)


@pytest.mark.parametrize(("value", "expected"), [("presence", 1), ("mentions", 2)])
def test_a_row_for_each_text_and_a_column_for_each_skill(value: str, expected: int) -> None:
    made = SkillFeatures(value=value)
    features = made.fit_transform(TEXTS)
    kotlin = made.get_feature_names_out().tolist().index("kotlin")
    assert features.shape == (4, len(rolelean.Classifier().skills))
    assert features[:, kotlin].toarray().ravel().tolist() == [expected, 0, 0, 0]
    assert features[2].nnz == features[3].nnz == 0
    assert (features != made.transform(pandas.Series(TEXTS, dtype="string"))).nnz == 0


def test_contributions_add_up_to_the_score() -> None:
    features = SkillFeatures(value="contribution").fit_transform(TEXTS[:2])
    scores = [rolelean.Classifier().classify(text or "").score for text in TEXTS[:2]]
    assert numpy.allclose(numpy.asarray(features.sum(axis=1)).ravel(), scores, atol=1e-3)


def test_it_is_a_step_of_a_pipeline() -> None:
    pipeline = clone(make_pipeline(SkillFeatures(), LogisticRegression()))
    pipeline.fit(TEXTS[:2] * 3, ["a", "b"] * 3)
    assert pipeline.predict(["Kotlin", "Linux server administration"]).tolist() == ["a", "b"]


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(ValueError, match="value='weight' is none of 'contribution', 'mentions', 'presence'"):
        SkillFeatures(value="weight").fit(TEXTS)
    with pytest.raises(ValueError, match="X is one str"):
        SkillFeatures().fit(TEXTS).transform("You write Kotlin.")


def test_documented_examples_run() -> None:
    assert doctest.testmod(rolelean.sklearn).failed == 0
