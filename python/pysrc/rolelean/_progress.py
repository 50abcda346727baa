"""How far a batch has come, told to whoever wants to know."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Union

Progress = Union[bool, Callable[[int], object]]


@contextmanager
def told(progress: Progress, total: int | None) -> Iterator[Callable[[int], object] | None]:
    """What to call with the number of postings that are done: nothing, a bar, or what the caller gave."""
    if not progress:
        yield None
    elif progress is not True:
        yield progress
    else:
        try:
            from tqdm.auto import tqdm
        except ModuleNotFoundError:
            yield lambda done: print(f"\r{done} postings", end="", file=sys.stderr, flush=True)
            print(file=sys.stderr)
            return
        with tqdm(total=total, unit=" postings") as bar:
            yield lambda done: bar.update(done - bar.n)
