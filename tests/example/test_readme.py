"""The session in the README is what the program prints, byte for byte.

usage: test_readme.py [--write]    (--write puts today's output into the README)
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
README = TOP / "README.md"
INDENT = "    "


def steps(lines):
    """(number of the line with the command, number behind its output) of each command shown."""
    starts = [i for i, line in enumerate(lines) if line.startswith(INDENT + "$ ")]
    for start in starts:
        end = start + 1
        while end < len(lines) and not lines[end].startswith(INDENT + "$ ") and \
                (lines[end].startswith(INDENT) or not lines[end]):
            end += 1
        while end > start + 1 and not lines[end - 1]:
            end -= 1
        yield start, end


def printed(command, folder):
    env = dict(os.environ, PATH=os.environ["BUILD"] + os.pathsep + os.environ["PATH"])
    ended = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, check=False)
    return [(INDENT + line).rstrip() for line in ended.stdout.decode().rstrip("\n").split("\n")]


def main():
    tap = Tap()
    lines = README.read_text("utf-8").split("\n")
    written, last = [], 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(TOP / "checklists/examples/helpdesk", folder, dirs_exist_ok=True)
        for start, end in steps(lines):
            command = lines[start][len(INDENT) + 2:]
            output = printed(command, folder)
            tap.equal("README: " + command, output, lines[start + 1:end])
            written += lines[last:start + 1] + output
            last = end
    tap.check("the README shows a session", [] if last else ["no line begins with '$ '"])
    tap.check("the README has at most 200 lines", [] if len(lines) <= 201 else [str(len(lines))])
    if sys.argv[1:] == ["--write"]:
        README.write_text("\n".join(written + lines[last:]), "utf-8")
    tap.finish()


if __name__ == "__main__":
    main()
