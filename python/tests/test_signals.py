"""Ctrl-C, and every other signal, is heard while rolelean works: in a posting, in a list, in a frame, in a stream.

Nothing is timed. A signal handler that runs three times in one call has run in its midst: one signal may be waiting
before it and one after it, no more. The posting grows until it is long enough to be heard in.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow
import pytest

from rolelean import Classifier, choose_columns
from streams import Endless

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")

HERE = Path(__file__).parent
SENTENCE = "You write Kotlin and TypeScript, patch Linux servers and restore service after an outage. "
HEARD_INSIDE = 3
# Characters of the shortest and of the longest posting.
SHORTEST, LONGEST = 1 << 18, 1 << 30


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(threads=1)


@contextmanager
def ticking(handler: Callable[[], None]) -> Iterator[None]:
    """A signal every few milliseconds, for `handler`."""
    before = signal.signal(signal.SIGALRM, lambda *_: handler())
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def in_frame(classifier: Classifier, text: str) -> object:
    """Cells of a size that a record may have."""
    cells = [text[: 8 << 20]] * max(1, len(text) >> 23)
    table = pyarrow.table({"text": cells})
    return classifier._native.classify_arrow(table, choose_columns(table), "table", 0, False, None)


# One call of native code each, so that no line of Python between could hear the signal.
CALLS: dict[str, Callable[[Classifier, str], object]] = {
    "classify": lambda classifier, text: classifier._native.classify(text, None, None),
    "explain": lambda classifier, text: classifier._native.explain(text, None, None),
    "batch of one": lambda classifier, text: classifier._native.classify_batch([text], None, None),
    "batch of many": lambda classifier, text: classifier._native.classify_batch([SENTENCE] * (len(text) // 80), None, None),
    "frame": in_frame,
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_signals_are_heard_inside_a_call(classifier: Classifier, call: Callable[[Classifier, str], object]) -> None:
    heard = 0

    def interrupt() -> None:
        nonlocal heard
        heard += 1
        if heard == HEARD_INSIDE:
            raise KeyboardInterrupt

    size = SHORTEST
    while size <= LONGEST:
        text = SENTENCE * (size // len(SENTENCE))
        heard = 0
        try:
            with ticking(interrupt):
                heard = 0
                call(classifier, text)
        except KeyboardInterrupt:
            # More may come before the clock is stopped.
            assert heard >= HEARD_INSIDE
            break
        size *= 4
    else:
        pytest.fail(f"a posting of {LONGEST} bytes is classified without hearing a signal")
    # What was left behind is in nobody's way.
    assert classifier.classify_batch([SENTENCE])[0].words == len(SENTENCE.split())


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux shows them")
def test_what_is_left_behind_ends_at_its_next_posting(classifier: Classifier) -> None:
    def threads() -> int:
        return len(os.listdir("/proc/self/task"))

    def interrupt() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise KeyboardInterrupt

    stream, before = Endless(SENTENCE), threads()
    with pytest.raises(KeyboardInterrupt), ticking(interrupt):
        classifier.classify_arrow(stream)
    while threads() > before:
        time.sleep(0.01)


def test_a_handler_that_returns_changes_nothing(classifier: Classifier) -> None:
    texts = [f"{SENTENCE * 20}{number}" for number in range(200)]
    expected = classifier.classify_batch(texts)
    with ticking(lambda: None):
        assert classifier.classify_batch(texts) == expected
        table = pyarrow.table({"text": texts})
        assert classifier.classify_arrow(table)["score"].to_pylist() == [verdict.score for verdict in expected]


# What is made ready, and what is then interrupted.
SCRIPTS = {
    "list": ("[TEXT * 20] * 40_000", "classifier.classify_batch(given)"),
    "endless stream": ("Endless(TEXT)", "classifier.classify_arrow(given)"),
    "endless reader": ("Endless(TEXT).reader()", "classifier.classify_arrow(given).read_all()"),
    "stream that waits": ("Endless(TEXT, pause=3600)", "classifier.classify_arrow(given)"),
}


@pytest.mark.parametrize(("given", "call"), SCRIPTS.values(), ids=SCRIPTS)
def test_ctrl_c_ends_the_program(given: str, call: str) -> None:
    script = (
        "from rolelean import Classifier\n"
        "from streams import Endless\n"
        f"TEXT = {SENTENCE!r}\n"
        "classifier = Classifier(threads=1)\n"
        f"given = {given}\n"
        "print('ready', flush=True)\n"
        f"{call}\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE
    )
    with process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    # As Python ends by Ctrl-C, and not by a crash on the way out.
    assert process.returncode == -signal.SIGINT
