#!/usr/bin/env python3
"""Prints, for each source file, how many of its lines the tests reached. usage: coverage.py BUILD"""

import gzip
import json
import os
import subprocess
import sys
import tempfile


def notes(build):
    for where, _, names in os.walk(os.path.join(build, "tools")):
        for name in sorted(names):
            if name.endswith(".gcno"):
                yield os.path.join(where, name)


def lines_of(note, folder):
    subprocess.run(["gcov", "--json-format", os.path.abspath(note)], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        with gzip.open(path) as file:
            report = json.load(file)
        os.remove(path)
        for source in report["files"]:
            if source["file"].startswith("tools/"):
                yield source["file"], source["lines"]


def main():
    reached = {}
    with tempfile.TemporaryDirectory() as folder:
        for note in notes(sys.argv[1]):
            for source, lines in lines_of(note, folder):
                counts = reached.setdefault(source, {})
                for line in lines:
                    number = line["line_number"]
                    counts[number] = counts.get(number, 0) + line["count"]
    total = hit = 0
    for source, counts in sorted(reached.items()):
        covered = sum(1 for count in counts.values() if count)
        total += len(counts)
        hit += covered
        print("%5.1f %%  %5d of %5d  %s" % (100 * covered / max(len(counts), 1), covered,
                                           len(counts), source))
    print("%5.1f %%  %5d of %5d  in all" % (100 * hit / max(total, 1), hit, total))


if __name__ == "__main__":
    main()
