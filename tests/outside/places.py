"""Places for a report that only the superuser can make: mounts, read-only folders, other people's reports.

    python3 tests/outside/places.py ROLELEAN WORK_FOLDER [KILLS]

Runs in a mount namespace of its own, so that nothing it mounts outlives it; says that it skips
where it may not have one.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROLELEAN, WORK = Path(sys.argv[1]), Path(sys.argv[2], "places")
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 30
IN_NAMESPACE = "ROLELEAN_PLACES"
NOBODY = 65534
TABLES = ["matches.csv", "postings.csv", "run.json", "skills.csv", "skipped.csv"]
ROLES = ["--left", "cook.md", "--right", "gardener.md"]
# Every command that writes a folder, but for the folder.
COMMANDS = {
    "classify": ["classify", "in.txt", "--out"],
    "merge": ["merge", "one", "two", "--out"],
    "build": ["lexicon", "build", *ROLES, "--out"],
    "import": ["lexicon", "import", "skills.csv", "--out"],
    "init": ["lexicon", "init"],
}


def enter_namespace():
    """Starts this script anew in a mount namespace, or says why not."""
    command = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() != 0 or subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode:
        print("places: skipped, for nothing can be mounted here (it takes the superuser, and unshare)")
        return
    environment = {**os.environ, IN_NAMESPACE: "1"}
    sys.exit(subprocess.run([*command, sys.executable, *sys.argv], env=environment).returncode)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def folder(name, mode=0o755):
    path = WORK / name
    path.mkdir(parents=True)
    path.chmod(mode)
    return path


def run(*arguments, user=None, cwd=None):
    command = [WORK / "rolelean", *arguments, "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd or WORK, user=user, group=user)


def classify(out, source="in.txt", **more):
    return run("classify", source, "--out", out, **more)


def ends(ran, code, *said):
    assert ran.returncode == code, (ran.args, ran.returncode, ran.stderr)
    for words in said:
        assert words in ran.stderr, (ran.args, ran.stderr)
    assert "rolelean-tmp" not in ran.stderr, ran.stderr


def refused_unread(out, *said, **more):
    """Fails unless the place is refused while standard input still waits to be read."""
    command = [WORK / "rolelean", "classify", "-", "--out", out, "--quiet"]
    user = more.get("user")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=WORK, user=user, group=user)
    code = process.wait(timeout=60)
    errors = process.stderr.read()
    process.stdin.close()
    assert code == 2 and "rolelean-tmp" not in errors, (code, errors)
    for words in said:
        assert words in errors, errors


def names(path):
    return sorted(entry.name for entry in path.iterdir())


def whole(report):
    """How many postings a report has; None while its files are being replaced."""
    told = json.loads((report / "run.json").read_text())
    if "unfinished" in told:
        return None
    rows = (report / "postings.csv").read_text().count("\n") - 1
    assert rows == told["postings"], (rows, told["postings"])
    return rows


def prepare():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for above in [WORK, WORK.parent]:
        above.chmod(0o755)
    shutil.copy(ROLELEAN, WORK / "rolelean")
    text = "You write Java and Kotlin, run Linux servers, and find root causes."
    (WORK / "in.txt").write_text(text)
    posting = json.dumps({"text": text * 4}) + "\n"
    (WORK / "few.jsonl").write_text(posting * 3)
    (WORK / "many.jsonl").write_text(posting * 3000)
    (WORK / "cook.md").write_text("# Cook\n\nCooks soups, sauces and meals. Writes menus, and orders from suppliers.\n")
    (WORK / "gardener.md").write_text("# Gardener\n\nPrunes roses and hedges. Mows lawns and turns the compost.\n")
    (WORK / "skills.csv").write_text("name,aliases,side\nlawns,,garden\nmenus,,kitchen\n")
    for out in ["one", "two"]:
        ends(classify(out, source="in.txt" if out == "one" else "few.jsonl"), 0)


def volumes():
    """A folder where a file system is mounted, as in a container, is written in place."""
    for name, arguments in [("tmpfs", ["-t", "tmpfs", "none"]), ("bind", ["--bind", folder("behind")])]:
        for command, arguments_of_command in COMMANDS.items():
            out = folder(f"volume-{name}-{command}")
            if name == "bind":
                arguments = ["--bind", folder(f"behind-{command}")]
            mount(*arguments, out)
            ends(run(*arguments_of_command, out.name), 0)
            assert not [entry for entry in names(out) if entry.startswith(".")], names(out)
            if command in ["classify", "merge"]:
                (out / "report.html").write_text("of an older run")
                ends(run(*arguments_of_command, out.name), 0)
                assert names(out) == TABLES and whole(out) in [1, 4]
            else:
                before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
                ends(run(*arguments_of_command, out.name), 2, "exists already")
                assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
            (out / "thesis.txt").write_text("dear")
            ends(run(*arguments_of_command, out.name), 2)
            assert (out / "thesis.txt").read_text() == "dear"
    print("mounted folders: written in place by every command, and only where nothing else stands")


def mounts_inside():
    """What is mounted inside an older report is not emptied."""
    report, other = WORK / "holds-a-mount", folder("other")
    ends(classify(report.name), 0)
    (other / "thesis.txt").write_text("dear")
    (report / "data").mkdir()
    mount("--bind", other, report / "data")
    ends(classify(report.name), 2, "holds `data`")
    assert (other / "thesis.txt").read_text() == "dear"
    # Even a file that is one of the report's may be another one that is mounted there.
    report = WORK / "holds-a-mounted-file"
    ends(classify(report.name), 0)
    mount("--bind", other / "thesis.txt", report / "postings.csv")
    ran = subprocess.run([WORK / "rolelean", "classify", "in.txt", "--out", report.name], capture_output=True, text=True, cwd=WORK)
    assert ran.returncode == 0 and "the older report could not be removed" in ran.stderr, ran.stderr
    assert whole(report) == 1 and (other / "thesis.txt").read_text() == "dear"
    print("mounts inside an older report: untouched")


def full():
    """A file system that is too small for the new report keeps the older one."""
    out = folder("small")
    mount("-t", "tmpfs", "-o", "size=256k", "none", out)
    ends(classify(out.name, source="few.jsonl"), 0)
    before = {name: (out / name).read_bytes() for name in names(out)}
    ends(classify(out.name, source="many.jsonl"), 2, "No space left on device")
    assert before == {name: (out / name).read_bytes() for name in names(out)}
    with open(out / "fill", "wb") as file:
        try:
            file.write(bytes(1 << 20))
        except OSError:
            pass
    (out / "fill").rename(out / "report.html")
    refused_unread(out.name, f"cannot write {out.name}: No space left on device")
    print("a full file system: exit code 2, the older report")


def read_only():
    """Nothing can be written where everything may only be read."""
    out = folder("locked")
    mount("-t", "tmpfs", "none", out)
    (out / "report").mkdir()
    ends(classify("locked/older"), 0)
    mount("-o", "remount,ro", out)
    for place in ["locked", "locked/report", "locked/older", "locked/new", "locked/a/b"]:
        said = "holds" if place == "locked" else f"cannot write {place}: Read-only file system"
        refused_unread(place, said)
    assert whole(out / "older") == 1
    print("a read-only file system: refused before anything is read")


def other_people():
    """What belongs to somebody else stays, in a sticky folder and in one without rights."""
    shared = folder("shared", 0o1777)
    ends(classify("shared/report"), 0)
    refused_unread("shared/report", "cannot write shared/report: Permission denied", user=NOBODY)
    assert whole(shared / "report") == 1
    private = folder("private", 0o755)
    refused_unread("private/report", "cannot write private/report: Permission denied", user=NOBODY)
    assert names(private) == []
    # One's own folder in somebody else's is written in place, for it cannot be moved.
    own = folder("private/own")
    os.chown(own, NOBODY, NOBODY)
    for source, count in [("in.txt", 1), ("few.jsonl", 3)]:
        ends(classify("private/own", source=source, user=NOBODY), 0)
        assert whole(own) == count and names(own) == TABLES
    # So is somebody else's that is open to all, if it is no sticky one.
    opened = folder("shared/open", 0o777)
    ends(classify("shared/open", user=NOBODY), 0)
    assert whole(opened) == 1
    os.chmod(own, 0o555)
    refused_unread("private/own", "cannot write private/own: Permission denied", user=NOBODY)
    assert whole(own) == 3
    print("other people's folders: refused before anything is read; one's own in them: written")


def left_overs():
    """Another user's left-over is not cleared, not even by the superuser."""
    shared = folder("with-left-over", 0o1777)
    left = shared / ".rolelean-tmp-1-0"
    left.mkdir(0o700)
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    marker = {"rolelean": "0.1.0", "staging": "report", "target": None, "host": boot, "process": 1}
    (left / "rolelean-staging.json").write_text(json.dumps(marker))
    os.chown(left, NOBODY, NOBODY)
    ends(classify("with-left-over/report"), 0)
    assert left.exists()
    os.chown(left, 0, 0)
    ends(classify("with-left-over/report"), 0)
    assert not left.exists()
    print("left-overs: cleared only by the user who left them")


def killed():
    """Wherever a run is killed that writes in place, a run.json with figures vouches for whole files."""
    out = folder("volume")
    mount("-t", "tmpfs", "none", out)
    ends(classify(out.name, source="many.jsonl"), 0)
    started = time.perf_counter()
    ends(classify(out.name, source="many.jsonl"), 0)
    length = time.perf_counter() - started
    ends(classify(out.name, source="few.jsonl"), 0)
    chance, left = random.Random(1), {3: 0, 3000: 0, None: 0}
    for _ in range(KILLS):
        command = [WORK / "rolelean", "classify", "many.jsonl", "--out", out.name, "--quiet"]
        process = subprocess.Popen(command, cwd=WORK)
        time.sleep(length * chance.uniform(0.0, 1.1))
        process.kill()
        process.wait()
        found = whole(out)
        left[found] += 1
        if found != 3:
            ends(classify(out.name, source="few.jsonl"), 0)
    ends(classify(out.name, source="few.jsonl"), 0)
    assert names(out) == TABLES and whole(out) == 3, names(out)
    print(f"killed {KILLS} times while it wrote in place: older {left[3]}, new {left[3000]}, unfinished {left[None]}")


if os.environ.get(IN_NAMESPACE):
    prepare()
    for test in [volumes, mounts_inside, full, read_only, other_people, left_overs, killed]:
        test()
else:
    enter_namespace()
