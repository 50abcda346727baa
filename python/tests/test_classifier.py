"""One posting, a list of postings, and what is refused."""

from __future__ import annotations

import copy
import doctest
import multiprocessing
import pickle
import re
import shutil
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pyarrow
import pytest

import rolelean
from rolelean import Classifier, LexiconError, Verdict

ROOT = Path(__file__).parents[2]
SYSTEMS = "You patch Linux servers, look after Active Directory and restore service after an outage."
SALES = "You do cold calling, meet sales quotas, manage accounts and the sales pipeline, and generate leads in insurance sales."
SOFTWARE = "You write Kotlin and TypeScript, review code and write unit tests."


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


def test_a_verdict_has_typed_fields(classifier: Classifier) -> None:
    verdict = classifier.classify(SYSTEMS, title="Software developer")
    assert verdict.leaning == "systems-engineer"
    assert verdict.title_leaning == "software-engineer"
    assert verdict.title_agrees is False
    assert verdict.tilt is not None and 0 < verdict.tilt <= 1
    assert verdict.probability == verdict.probabilities["systems"]
    assert sum(verdict.probabilities.values()) == pytest.approx(1)
    assert verdict.why is None
    assert verdict.score == pytest.approx(verdict.evidence["systems"] - verdict.evidence["software"])
    assert verdict.skills["systems"] >= 3
    assert verdict.words == len(SYSTEMS.split())
    with pytest.raises(FrozenInstanceError):
        verdict.leaning = "neither"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(verdict)) == verdict


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "too-little"),
        ("You cook for sixty guests.", "too-little"),
        (f"Account executive\n\n{SALES} You know Kotlin and TypeScript.", "other-profession"),
    ],
)
def test_neither_says_why(classifier: Classifier, text: str, reason: str) -> None:
    verdict = classifier.classify(text)
    assert (verdict.leaning, verdict.reason) == ("neither", reason)


def test_a_title_is_found_in_the_first_line(classifier: Classifier) -> None:
    assert classifier.classify(f"System administrator\n\n{SYSTEMS}").title == "System administrator"
    assert classifier.classify(f"System administrator\n\n{SYSTEMS}", title="").title == ""
    assert classifier.classify(SYSTEMS, title=" System\n administrator ").title == "System administrator"


def test_html_is_read_as_text(classifier: Classifier) -> None:
    html = "".join(f"<p>{sentence}</p>" for sentence in (SYSTEMS, SOFTWARE))
    assert classifier.classify(html).score == classifier.classify(f"{SYSTEMS}\n\n{SOFTWARE}").score


@pytest.mark.parametrize("text", [SYSTEMS, f"É Café ☃ naïve 𝔘𝔫𝔦 — {SYSTEMS}\n\nİ İ {SOFTWARE}"])
def test_places_of_an_explanation_count_characters(classifier: Classifier, text: str) -> None:
    told = classifier.explain(text)
    mentions = [mention for match in told.matches for mention in match.mentions]
    assert len(mentions) >= 3
    for mention in mentions:
        assert told.text[mention.start : mention.end] == mention.form
    assert told.sections[-1].end == len(told.text)


def test_an_explanation_adds_up(classifier: Classifier) -> None:
    told = classifier.explain(f"{SYSTEMS} {SOFTWARE}")
    assert sum(match.contribution for match in told.matches) == pytest.approx(told.score, abs=1e-6)
    assert told.leaning == classifier.classify(f"{SYSTEMS} {SOFTWARE}").leaning


def test_a_batch_is_in_order_whatever_the_threads(classifier: Classifier) -> None:
    texts = [f"{text} {number}" for number in range(300) for text in (SYSTEMS, SOFTWARE)]
    titles = [None, "Developer"] * 300
    one, three = (Classifier(threads=threads).classify_batch(texts, titles) for threads in (1, 3))
    assert one == three
    assert one == [classifier.classify(text, title) for text, title in zip(texts, titles)]
    assert [verdict.leaning for verdict in one[:2]] == ["systems-engineer", "software-engineer"]
    assert classifier.classify_batch([]) == []
    assert classifier.classify_batch(iter([SYSTEMS]))[0].leaning == "systems-engineer"


def test_what_is_refused(classifier: Classifier) -> None:
    with pytest.raises(TypeError, match="one str, where many are expected"):
        classifier.classify_batch(SYSTEMS)
    with pytest.raises(TypeError):
        classifier.classify_batch([SYSTEMS, 3])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        classifier.classify(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="1 titles for 2 texts"):
        classifier.classify_batch([SYSTEMS, SOFTWARE], ["one"])
    with pytest.raises(ValueError, match="threads is 0"):
        Classifier(threads=0)


def test_lexicons_come_from_folders_and_from_memory(tmp_path: Path) -> None:
    folder = ROOT / "lexicons" / "software-systems"
    from_folder = Classifier(folder)
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in {".toml", ".md", ".csv"}
    }
    from_memory = Classifier(files)
    assert from_memory.lexicon == from_folder.lexicon == Classifier().lexicon
    assert from_memory.roles == from_folder.roles
    assert len(from_folder.lexicon.sha256) == 64
    with pytest.raises(LexiconError, match="missing-file"):
        Classifier(tmp_path / "nothing")
    with pytest.raises(LexiconError, match=r"lexicon\.toml:1:1"):
        Classifier({"lexicon.toml": "x = 1"})
    assert issubclass(LexiconError, ValueError)


def test_other_threads_go_on_while_a_batch_is_classified(classifier: Classifier) -> None:
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    started = time.perf_counter()
    classifier.classify_batch([f"{SYSTEMS} {SOFTWARE} {number}" for number in range(4000)])
    ended = time.perf_counter()
    done.set()
    ticker.join()
    # The list is made and taken apart with the lock held, the work between without.
    assert len([moment for moment in ticks if started < moment < ended]) > 3


def test_documented_examples_run() -> None:
    assert doctest.testmod(rolelean).failed == 0
    assert doctest.testmod(rolelean).attempted > 0


def test_the_version_is_that_of_the_command_line() -> None:
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.+)"$', manifest, re.MULTILINE)
    assert found is not None
    assert rolelean.__version__ == found[1]


def test_a_verdict_has_every_field_of_the_native_one(classifier: Classifier) -> None:
    assert set(classifier._native.classify(SYSTEMS, None, None)) == set(Verdict.__dataclass_fields__)


EXTENSION = """
category = "own"
title = "Our own"

[[skill]]
id = "ticket-desk"
name = "TicketDesk"
leaning = "shared"
strength = 1
forms = ["TicketDesk"]
sources = ["judgement"]
"""


def test_a_lexicon_is_extended_by_files_or_texts(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(EXTENSION, encoding="utf-8")
    for extend in (path, str(path), [path], {"own.toml": EXTENSION}):
        classifier = Classifier(extend=extend)
        assert classifier.classify("You know TicketDesk.").skills["shared"] == 1
        assert classifier.lexicon.sha256 != Classifier().lexicon.sha256
        assert "ticket-desk" in {skill.id for skill in classifier.skills}
    with pytest.raises(LexiconError, match=r"own\.toml:\d+:\d+"):
        Classifier(extend={"own.toml": EXTENSION.replace('"shared"', '"upward"')})
    with pytest.raises(FileNotFoundError):
        Classifier(extend=tmp_path / "none.toml")


def classifiers(folder: Path) -> list[Classifier]:
    shutil.copytree(ROOT / "tests" / "suite" / "kitchen", folder)
    return [Classifier(), Classifier(threads=3), Classifier(folder), Classifier(extend={"own.toml": EXTENSION})]


def test_classifiers_are_pickled_copied_and_compared(tmp_path: Path) -> None:
    made = classifiers(tmp_path / "kitchen")
    text = "You cook, write Kotlin and know TicketDesk."
    # The folder is gone when it arrives elsewhere.
    packed = [pickle.dumps(classifier) for classifier in made]
    shutil.rmtree(tmp_path / "kitchen")
    for classifier, again in zip(made, map(pickle.loads, packed)):
        assert again == classifier and hash(again) == hash(classifier)
        assert again.classify(text) == classifier.classify(text)
        assert copy.copy(classifier) == copy.deepcopy(classifier) == classifier
    assert len(set(made)) == len(made)
    assert Classifier() == made[0] != "software-systems"


def leaning(classifier: Classifier, text: str) -> str:
    return classifier.classify(text).leaning


def test_processes_that_begin_anew_get_a_classifier() -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(leaning, [Classifier()] * 2, [SYSTEMS, SOFTWARE])) == ["systems-engineer", "software-engineer"]


def test_progress_is_told(classifier: Classifier, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[int] = []
    texts = [f"{SYSTEMS} {number}" for number in range(500)]
    classifier.classify_batch(texts, progress=told.append)
    classifier.classify_arrow(pyarrow.table({"text": texts}), progress=told.append)
    classifier.classify_files(ROOT / "samples" / "postings.csv", progress=told.append)
    assert told[-1] == 8 and told.count(500) >= 2
    classifier.classify_batch(texts, progress=True)
    assert "500/500" in capfd.readouterr().err
    with pytest.raises(ZeroDivisionError):
        classifier.classify_batch(texts, progress=lambda done: 1 // 0)


def test_progress_is_told_without_tqdm(
    classifier: Classifier, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    classifier.classify_batch([SYSTEMS], progress=True)
    assert capsys.readouterr().err.endswith("1 postings\n")
