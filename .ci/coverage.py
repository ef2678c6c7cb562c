#!/usr/bin/env python3
"""Line coverage of Sources by target, from what `swift test --enable-code-coverage` leaves: coverage.py FILE.json [MINIMUM].

Prints a Markdown table, and the ten files with the most lines that no test runs. Fails if less than MINIMUM percent are run.
"""
import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Sources"


def percent(covered, lines):
    return f"{100 * covered / lines:.1f}" if lines else "–"


def main():
    targets = collections.defaultdict(lambda: [0, 0])
    files = []
    for unit in json.loads(pathlib.Path(sys.argv[1]).read_text())["data"]:
        for file in unit["files"]:
            path = pathlib.Path(file["filename"])
            if ROOT not in path.parents:
                continue
            lines = file["summary"]["lines"]
            target = targets[path.relative_to(ROOT).parts[0]]
            target[0] += lines["covered"]
            target[1] += lines["count"]
            files.append((lines["count"] - lines["covered"], lines["count"], path.relative_to(ROOT)))
    print("| target | lines | run by tests | % |\n|---|---|---|---|")
    for name, (covered, lines) in sorted(targets.items()):
        print(f"| `{name}` | {lines:,} | {covered:,} | {percent(covered, lines)} |")
    covered, lines = (sum(target[index] for target in targets.values()) for index in (0, 1))
    print(f"| all | {lines:,} | {covered:,} | {percent(covered, lines)} |")
    print("\nMost lines that no test runs:")
    for missed, count, path in sorted(files, key=lambda file: (-file[0], file[2]))[:10]:
        print(f"  {missed} of {count}  {path}")
    minimum = float(sys.argv[2]) if len(sys.argv) > 2 else 0
    if not lines or 100 * covered / lines < minimum:
        sys.exit(f"coverage is below {minimum}%")


main()
