"""Verdicts and explanations as objects, and as HTML."""

from __future__ import annotations

import copy
import json
import pickle
from html.parser import HTMLParser
from pathlib import Path

import pytest

import rolelean
from rolelean import Classifier, Explanation, Match, Mention, Verdict

TEXT = "Systems administrator\n\nYou patch Linux servers & write Kotlin <daily>. No TypeScript.\nMaster's degree, $90,000 a year."


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


def test_verdicts_are_compared_and_hashed_by_what_they_say(classifier: Classifier) -> None:
    first, same, other = classifier.classify(TEXT), classifier.classify(TEXT), classifier.classify("You cook.")
    assert first == same and hash(first) == hash(same) and len({first, same, other}) == 2
    assert copy.deepcopy(first) == first == pickle.loads(pickle.dumps(first))
    told = classifier.explain(TEXT)
    assert told == pickle.loads(pickle.dumps(told)) and hash(told) == hash(classifier.explain(TEXT))
    assert told != first, "an explanation says more"


def test_what_is_said_of_them_fits_on_a_line(classifier: Classifier) -> None:
    verdict = classifier.classify(TEXT)
    numbers = f"tilt={verdict.tilt:+.4f}, probability={verdict.probability:.4f}"
    assert repr(verdict) == f"Verdict('systems-engineer', {numbers}, title='Systems administrator')"
    assert repr(classifier.classify("You cook.")) == "Verdict('neither', probability={:.4f}, reason='too-little')".format(
        classifier.classify("You cook.").probability or 0
    )
    assert repr(classifier.explain(TEXT)).startswith("Explanation('systems-engineer', tilt=")


def test_an_explanation_is_a_verdict_with_its_grounds(classifier: Classifier) -> None:
    told, verdict = classifier.explain(TEXT), classifier.classify(TEXT)
    assert isinstance(told, Verdict)
    assert {name: getattr(told, name) for name in Verdict.__dataclass_fields__} == verdict.__dict__
    assert all(isinstance(match, Match) and isinstance(match.mentions[0], Mention) for match in told.matches)
    assert told.facts.degree == ("master",) and told.facts.pay is not None and told.facts.pay.min == 90_000
    assert [match.skill for match in told.matches if match.negated] == ["TypeScript"]
    assert told.text[told.body_start :].startswith("You patch")


def test_an_explanation_has_all_that_the_command_line_tells_of_a_text(classifier: Classifier) -> None:
    told = json.loads(classifier._native.explain(TEXT, None, None))
    # Where a posting stands is not known of a text.
    places = {"posting", "id", "source", "record", "stated", "kept"}
    assert set(told) - places == set(Explanation.__dataclass_fields__)
    assert json.loads(json.dumps(classifier.explain(TEXT).to_dict())) == {
        name: value for name, value in told.items() if name not in places
    }


class Page(HTMLParser):
    """The text of a page, its tags, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.open, self.tags = "", list[str](), set[str]()
        self.marked: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)
        if title := dict(attrs).get("title"):
            self.marked.append((title, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open[-1:] == ["span"] and self.marked and not self.marked[-1][1]:
            self.marked[-1] = (self.marked[-1][0], data)


def test_html_shows_the_text_with_its_skills(classifier: Classifier) -> None:
    told = classifier.explain(TEXT)
    page = Page(told._repr_html_())
    assert not page.open
    assert told.text[told.body_start :].strip() in page.text
    marked = {words for _, words in page.marked}
    assert {"Systems administrator", "Kotlin", "TypeScript"} <= marked
    for match in told.matches:
        assert any(f"{match.skill} ({match.leaning}) {match.contribution:+.4f}" in title for title, _ in page.marked)
        assert match.contribution == 0 or f"{match.contribution:+.4f}" in page.text
    assert f"score{told.score:+.4f}" in page.text
    # A notebook's own style would make the bars as wide as the names, and lay them over one another.
    assert "table-layout:auto" in told._repr_html_()


def test_html_is_closed_whatever_stands_in_a_posting(classifier: Classifier) -> None:
    hostile = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> & Kotlin </div></table>"
    verdict = classifier.explain(f"You write {hostile}", title=f"</title>{hostile}")
    for page in (verdict._repr_html_(), verdict.to_html(), classifier.classify("Kotlin", title=hostile)._repr_html_()):
        parsed = Page(page)
        assert not parsed.open and not parsed.tags & {"script", "img"}
        assert "alert(1)" in parsed.text
    assert "You write <script>" not in verdict.to_html()


def test_a_page_stands_alone(classifier: Classifier) -> None:
    page = classifier.explain(TEXT).to_html()
    assert page.startswith("<!DOCTYPE html>") and "<title>Systems administrator</title>" in page
    assert not any(word in page for word in ("http:", "https:", "src=", "@import", "<script"))


def test_many_contributions_end_at_the_score(classifier: Classifier) -> None:
    skills = [skill.name for skill in classifier.skills if skill.leaning in ("software", "systems")][:120]
    told = classifier.explain(". ".join(f"You know {skill}" for skill in skills) + ".")
    page = Page(told._repr_html_())
    assert "more skills" in page.text and f"score{told.score:+.4f}" in page.text
    assert "No skill pulls" in Page(classifier.explain("You cook.")._repr_html_()).text


def test_a_notebook_shows_them(tmp_path: Path) -> None:
    import nbclient
    import nbformat

    cells = ["from rolelean import Classifier\nclassifier = Classifier()", f"classifier.explain({TEXT!r})", f"classifier.classify({TEXT!r})"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [cell.outputs[0].data for cell in notebook.cells[1:]]
    told = rolelean.Classifier().explain(TEXT)
    assert shown[0]["text/html"] == told._repr_html_()
    assert shown[0]["text/plain"] == repr(told)
    assert "systems-engineer" in shown[1]["text/html"]
