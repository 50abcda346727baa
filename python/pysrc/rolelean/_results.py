"""What is said of a posting, as objects: typed, comparable, hashable, and shown by a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from rolelean import _html

V = TypeVar("V", bound="Verdict")


@dataclass(frozen=True)
class Posting:
    """One posting as plain text, as :func:`rolelean.iter_postings` reads it from a file or the row of a table."""

    text: str
    title: str = ""
    """Empty where none was found, as are the next three."""
    id: str = ""
    """What reports call it: a relative path, or the id of its row."""
    company: str = ""
    location: str = ""
    source: str = ""
    """The file that it stands in."""
    record: int | None = None
    """Its record in a table, counted from 1; None for a file that is one posting."""
    body_start: int = 0
    """The character of ``text`` where the body begins, behind a title."""
    language: str | None = None
    """The language as an ISO 639-1 code, where it could be told."""
    warnings: tuple[str, ...] = ()
    """What was odd about the posting, though it could be read."""
    kept: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The cells of the columns that were to be kept, by their columns."""

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> Posting:
        return cls(**{**told, "warnings": tuple(told["warnings"])})


@dataclass(frozen=True, repr=False)
class Verdict:
    """What is said of one posting. Numbers are rounded to four decimals, as in the tables of a report."""

    leaning: str
    """The id of a role, ``"balanced"`` (truly both) or ``"neither"`` (another profession, or too little said)."""
    tilt: float | None
    """From -1 (all evidence is for the first role) to +1 (for the second); None without any evidence."""
    probability: float | None
    """Calibrated probability of the leaning; None where it is ``"balanced"``."""
    probabilities: Mapping[str, float] = field(hash=False)
    """That of each side by its word, and of ``"neither"``; they add up to 1."""
    why: str | None
    """Why it leans to neither or to both, in a sentence with numbers; None for all else."""
    score: float
    """The sum of all contributions, in log-odds; positive for the second role."""
    reason: str | None
    """Why it leans to neither: ``"too-little"``, ``"too-diffuse"``, ``"other-profession"``; ``"both"`` where it is balanced; None for all else."""
    evidence: Mapping[str, float] = field(hash=False)
    """Evidence for each side by its word, and ``"away"``: for other professions; at least 0."""
    skills: Mapping[str, int] = field(hash=False)
    """Distinct skills that are not negated, by each side's word, ``"shared"`` and ``"away"``."""
    title: str
    """The title that was given, or found in the first line; empty where there is none."""
    title_leaning: str | None
    """The id of the role that the title alone claims."""
    title_agrees: bool | None
    """Whether title and body alone name the same role; None where the title claims none."""
    language: str | None
    """The language as an ISO 639-1 code, where it could be told."""
    words: int
    """Words of the text without the title."""
    warnings: tuple[str, ...]
    """What was odd about the posting, though it could be read."""

    @classmethod
    def _of(cls: type[V], told: Mapping[str, Any]) -> V:
        """The object of the fields that the native module tells; of an explanation's, there are more."""
        values = {each.name: told[each.name] for each in fields(cls)}
        values["warnings"] = tuple(values["warnings"])
        return cls(**values)

    def __repr__(self) -> str:
        told = [repr(self.leaning)]
        told += [f"tilt={self.tilt:+.4f}"] if self.tilt is not None else []
        told += [f"probability={self.probability:.4f}"] if self.probability is not None else []
        told += [f"reason={self.reason!r}"] if self.reason is not None else []
        told += [f"title={self.title!r}"] if self.title else []
        return f"{type(self).__name__}({', '.join(told)})"

    def _repr_html_(self) -> str:
        return _html.verdict(self)

    def to_dict(self) -> dict[str, Any]:
        """All fields by their names, of nested objects, too: for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Mention:
    """A place at which a skill is named. Places count characters of ``text``, in the section ``title`` of ``title``."""

    start: int
    end: int
    line: int
    """Counted from 1, as ``column`` is."""
    column: int
    form: str
    """The words that stand there."""
    section: str
    requirement: str | None
    """``"required"``, ``"preferred"``, or None where neither is said."""
    negated: bool


@dataclass(frozen=True)
class Match:
    """A skill that was found, with all its mentions."""

    skill: str
    skill_id: str
    category: str
    leaning: str
    """The word of the side it speaks for, ``"shared"``, or ``"away"`` for other professions."""
    weight: float
    """Its weight in the lexicon, in log-odds."""
    exposure: float
    """What share of the weight counts, for where it stands and how it is asked for."""
    contribution: float
    """What it adds to the score: positive for the second role."""
    away: float
    """What it adds to the evidence for another profession."""
    section: str
    requirement: str | None
    negated: bool
    years: int | None
    """Years of experience that are asked for."""
    mentions: tuple[Mention, ...]

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> Match:
        return cls(**{**told, "mentions": tuple(Mention(**mention) for mention in told["mentions"])})


@dataclass(frozen=True)
class Section:
    """A section of the body, from the character ``start`` to ``end``."""

    section: str
    factor: float
    """What a mention counts there, from 0 to 1."""
    start: int
    end: int


@dataclass(frozen=True)
class Pay:
    """What the work is paid with."""

    min: float | None
    max: float | None
    currency: str | None
    period: str | None


@dataclass(frozen=True)
class Facts:
    """What the body says besides skills; the words are those of ``docs/output.md``."""

    degree: tuple[str, ...]
    degree_fields: tuple[str, ...]
    experience_instead: bool
    """Whether experience is taken for a degree."""
    years_min: int | None
    years_max: int | None
    pay: Pay | None
    certifications: tuple[str, ...]
    workplace: tuple[str, ...]
    contract: tuple[str, ...]
    seniority: str | None
    clearance: str | None
    sponsorship: bool | None

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> Facts:
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
        pay = values["pay"]
        return cls(**{**values, "pay": None if pay is None else Pay(**pay)})


@dataclass(frozen=True)
class NeitherTerm:
    """A term of the log-odds of neither role."""

    feature: str
    value: float
    amount: float


@dataclass(frozen=True, repr=False)
class Explanation(Verdict):
    """A verdict with all that it rests on. A notebook shows the text with its skills, and what each adds up to."""

    company: str
    location: str
    neither: tuple[NeitherTerm, ...]
    """The terms that add up to the log-odds of neither role."""
    facts: Facts
    matches: tuple[Match, ...]
    """Every skill that was found; the contributions add up to ``score``."""
    flip: tuple[str, ...]
    """Ids of the fewest skills without which the score would change its sign."""
    sections: tuple[Section, ...]
    body_start: int
    """The character of ``text`` where the body begins, behind a title."""
    text: str

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> Explanation:
        made = {
            "neither": tuple(NeitherTerm(**term) for term in told["neither"]),
            "facts": Facts._of(told["facts"]),
            "matches": tuple(Match._of(match) for match in told["matches"]),
            "flip": tuple(told["flip"]),
            "sections": tuple(Section(**section) for section in told["sections"]),
        }
        return super()._of({**told, **made})

    def _repr_html_(self) -> str:
        return _html.explanation(self)

    def to_html(self) -> str:
        """A page of its own that shows what a notebook shows; it holds no script and loads nothing."""
        return _html.page(self.title or self.leaning, _html.explanation(self))
