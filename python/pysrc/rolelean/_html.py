"""Results as HTML, for notebooks and pages: styled in place and without scripts, for many viewers take both out.

Colours are half transparent, so that they suit light and dark pages. Whatever comes from a posting or a lexicon is
escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolelean._results import Explanation, Match, Mention, Verdict

# How many contributions are shown one by one; the rest is one bar.
_BARS = 24
# Blue for the first role, amber for the second, told apart by people who do not see red and green alike; grey for
# what pulls to neither side.
_FIRST, _SECOND, _NO_SIDE = "37,99,235", "217,119,6", "128,128,128"

_BOX = "font:14px/1.5 system-ui,sans-serif;max-width:56em"
_TEXT = "white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid rgba(128,128,128,.4);border-radius:4px;padding:.6em .8em;margin:.6em 0"
_CELL = "padding:1px .6em 1px 0;text-align:left;border:0;vertical-align:middle;white-space:nowrap"
# Notebooks make the columns of all tables equally wide, and set them smaller.
_TABLE = "border-collapse:collapse;border:0;width:100%;table-layout:auto;margin:0;font:inherit;color:inherit"
_NUMBER = _CELL + ";text-align:right;font-variant-numeric:tabular-nums"


def verdict(told: Verdict) -> str:
    """A verdict in a few lines."""
    return f'<div style="{_BOX}">{_head(told)}</div>'


def explanation(told: Explanation) -> str:
    """A verdict, the text with its skills, and what they add up to."""
    in_title = [(match, mention) for match, mention in _mentions(told.matches) if mention.section == "title"]
    in_text = [(match, mention) for match, mention in _mentions(told.matches) if mention.section != "title"]
    title = f"<div><b>{_marked(told.title, in_title)}</b></div>" if told.title else ""
    body = _marked(told.text, in_text, told.body_start)
    return f'<div style="{_BOX}">{_head(told, title)}<div style="{_TEXT}">{body}</div>{_waterfall(told)}</div>'


def page(title: str, content: str) -> str:
    """A page that holds `content`."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(title)}</title></head>\n<body style="margin:2em auto;max-width:60em;padding:0 1em">'
        f"{content}</body></html>\n"
    )


def _head(told: Verdict, title: str | None = None) -> str:
    """The leaning, how sure it is, and where the evidence lies between the roles."""
    colour = _colour(told.score) if told.leaning not in ("neither", "balanced") else _NO_SIDE
    name = f'<span style="{_label(colour)}">{escape(told.leaning)}</span>'
    sure = "" if told.probability is None else f" with a probability of {told.probability:.2f}"
    tilt = "" if told.tilt is None else f", tilt {told.tilt:+.2f}"
    if title is None:
        title = f"<div><b>{escape(told.title)}</b></div>" if told.title else ""
    lines = [f"<div>{name}{sure}{tilt}</div>"]
    if told.why:
        lines.append(f"<div>{escape(told.why)}</div>")
    if told.title_agrees is False:
        lines.append(f"<div>The title alone claims {escape(str(told.title_leaning))}.</div>")
    lines += [f"<div>⚠ {escape(warning)}</div>" for warning in told.warnings]
    return title + "".join(lines)


def _colour(amount: float) -> str:
    return _NO_SIDE if amount == 0 else _FIRST if amount < 0 else _SECOND


def _label(colour: str) -> str:
    return f"background:rgba({colour},.25);border-radius:3px;padding:1px 6px;font-weight:600"


def _mentions(matches: Iterable[Match]) -> list[tuple[Match, Mention]]:
    return [(match, mention) for match in matches for mention in match.mentions]


def _marked(text: str, mentions: Sequence[tuple[Match, Mention]], start: int = 0) -> str:
    """The text from `start` with its skills marked. Where they overlap, the one that adds most gives the colour."""
    edges = {start, len(text)}
    edges.update(edge for _, mention in mentions for edge in (mention.start, mention.end) if start <= edge <= len(text))
    places = sorted(edges)
    pieces = []
    for begin, end in zip(places, places[1:]):
        piece = escape(text[begin:end])
        here = [(match, mention) for match, mention in mentions if mention.start <= begin and end <= mention.end]
        pieces.append(_mark(piece, here) if here else piece)
    return "".join(pieces).strip("\n")


def _mark(piece: str, here: Sequence[tuple[Match, Mention]]) -> str:
    match, mention = max(here, key=lambda pair: abs(pair[0].contribution))
    said = "; ".join(f"{match.skill} ({match.leaning}) {match.contribution:+.4f}" for match, _ in here)
    struck = ";text-decoration:line-through" if mention.negated else ""
    colour = _colour(match.contribution)
    style = f"background:rgba({colour},.25);border-bottom:2px solid rgb({colour});border-radius:2px{struck}"
    return f'<span style="{style}" title="{escape(said)}">{piece}</span>'


def _waterfall(told: Explanation) -> str:
    """Each contribution from where the one before it ended, down to the score."""
    steps = [(match.skill, match.contribution) for match in told.matches if match.contribution != 0]
    steps.sort(key=lambda step: -abs(step[1]))
    if not steps:
        return "<div>No skill pulls to either role.</div>"
    if len(steps) > _BARS:
        rest = steps[_BARS - 1 :]
        # What is left of the score, so that the bars end at it whatever was rounded.
        steps = [*steps[: _BARS - 1], (f"{len(rest)} more skills", told.score - sum(amount for _, amount in steps[: _BARS - 1]))]
    sums = [0.0]
    for _, amount in steps:
        sums.append(sums[-1] + amount)
    low, high = min(sums), max(sums)
    rows = [_bar(name, amount, sums[at], (low, high)) for at, (name, amount) in enumerate(steps)]
    rows.append(_bar("score", told.score, 0.0, (low, high), total=True))
    table = f'<table style="{_TABLE}">{"".join(rows)}</table>'
    return f'<div style="overflow-x:auto">{table}</div>{_legend(told.matches)}'


def _legend(matches: Iterable[Match]) -> str:
    """Which colour is whose."""
    sides = {_colour(match.contribution): match.leaning for match in matches if match.contribution != 0}
    labels = [f'<span style="{_label(colour)}">{escape(sides[colour])}</span>' for colour in (_FIRST, _SECOND) if colour in sides]
    return f'<div style="margin-top:.4em">{" ".join(labels)}</div>'


def _bar(name: str, amount: float, start: float, span: tuple[float, float], *, total: bool = False) -> str:
    low, high = span
    scale = 100 / (high - low)
    left, width = (min(start, start + amount) - low) * scale, abs(amount) * scale
    zero, colour = -low * scale, _colour(amount)
    bar = (
        '<div style="position:relative;height:1em;min-width:12em">'
        f'<div style="position:absolute;left:{zero:.2f}%;top:-3px;bottom:-3px;border-left:1px solid rgba(128,128,128,.7)"></div>'
        f'<div style="position:absolute;left:{left:.2f}%;width:{width:.2f}%;min-width:1px;top:1px;bottom:1px;background:rgba({colour},.75)"></div></div>'
    )
    weight = ";font-weight:600;border-top:1px solid rgba(128,128,128,.4)" if total else ""
    return (
        f'<tr style="background:none"><td style="{_CELL}{weight}">{escape(name)}</td>'
        f'<td style="{_NUMBER}{weight}">{amount:+.4f}</td><td style="{_CELL}{weight};width:100%">{bar}</td></tr>'
    )
