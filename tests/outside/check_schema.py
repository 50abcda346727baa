"""Validates every object of postings.jsonl on the samples, and one of `explain --json`, by the published JSON Schema.

usage: check_schema.py ROLELEAN FOLDER
"""

import json
import pathlib
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "postings.schema.json").read_text(encoding="utf-8"))


def errors_of_a_pipe(rolelean):
    """Each line that cannot be read has an error object, by the schema's `$defs/error`."""
    validator = jsonschema.Draft202012Validator(SCHEMA["$defs"]["error"])
    lines = b'{"id": 1\n{"id": 2, "text": ""}\n[]\n'
    command = [rolelean, "classify", "-", "--input-format", "jsonl", "--stdout", "--output-format", "jsonl", "--quiet"]
    answers = subprocess.run(command, input=lines, capture_output=True).stdout.splitlines()
    assert len(answers) == 3, answers
    for answer in answers:
        validator.validate(json.loads(answer))


def main(rolelean, folder):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    out = pathlib.Path(folder) / "objects"
    subprocess.run([rolelean, "classify", ROOT / "samples", "--jsonl", "--out", out, "--quiet"], check=True)
    objects = [json.loads(line) for line in (out / "postings.jsonl").read_text(encoding="utf-8").splitlines()]
    one = next((ROOT / "samples" / "postings").glob("*.txt"))
    objects.append(json.loads(subprocess.run([rolelean, "explain", one, "--json"], check=True, capture_output=True).stdout))
    for posting in objects:
        errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(posting)]
        assert not errors, f"{posting['id']}: {errors}"
        title, body = posting["title"].encode(), posting["text"].encode()
        for mention in (mention for match in posting["matches"] for mention in match["mentions"]):
            text = title if mention["section"] == "title" else body
            assert text[mention["start"] : mention["end"]].decode() == mention["form"], (posting["id"], mention)
    errors_of_a_pipe(rolelean)
    print(f"check_schema.py: {len(objects)} objects are as the schema says")


if __name__ == "__main__":
    main(*sys.argv[1:])
