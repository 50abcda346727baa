"""Tests on Spark need Java. Without it they are skipped, unless `ROLELEAN_REQUIRE_SPARK` says that they must run."""

from __future__ import annotations

import os
import shutil

import pytest


def need_java() -> None:
    """Skips the test where there is no Java, or fails it where it must run."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=os.path.join(home, "bin") if home else None):
        return
    reason = "there is no java: install Java 17 or later, such as Debian's default-jre-headless"
    if os.environ.get("ROLELEAN_REQUIRE_SPARK"):
        pytest.fail(reason)
    pytest.skip(reason)
