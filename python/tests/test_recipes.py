"""The recipes of docs/frames.md: each is a program, and each says the same."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import rolelean
from java import need_java

ROOT = Path(__file__).parents[2]
RECIPES = sorted((ROOT / "examples" / "python").glob("*.py"))
POSTINGS = ROOT / "samples" / "postings.jsonl"


@pytest.fixture(scope="module")
def leanings() -> str:
    """How many of the samples lean which way, a line each."""
    with open(POSTINGS, encoding="utf-8") as lines:
        samples = [json.loads(line) for line in lines]
    verdicts = rolelean.Classifier().classify_batch(
        [sample["description"] for sample in samples], [sample["title"] for sample in samples]
    )
    counts = Counter(verdict.leaning for verdict in verdicts)
    return "".join(f"{leaning} {count}\n" for leaning, count in sorted(counts.items()))


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.stem)
def test_recipe_runs_and_counts_right(recipe: Path, leanings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if recipe.stem == "in_spark":
        need_java()
        monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    ran = subprocess.run([sys.executable, recipe, POSTINGS], capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(leanings), ran.stdout


def test_page_shows_what_the_recipes_hold() -> None:
    recipes = [recipe.read_text(encoding="utf-8") for recipe in RECIPES]
    page = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        assert any(block in recipe for recipe in recipes), f"no recipe holds\n{block}"
