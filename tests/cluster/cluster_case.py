"""What the tests of engines share: an audit with seeded sources, and a worker that is killed once."""

import os
import random
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests", "parts"))

import parts_logs  # noqa: E402

FILES = 8

# The first time the third file is read, the program gets half of it and is killed.
WORKER = """#!/bin/sh
cd '%(folder)s' || exit 1
file=$(sed -n "$1p" files)
part=parts/$1.cfap
[ -e "$part" ] && exit 0
if [ "$1" = 3 ] && [ ! -e killed ]; then
    { head -c 20000 "$file"; exec sleep 60; } |
        '%(program)s' gather audit.xml --partial -q -o "$part" --source updates --name "$file" - &
    sleep 1
    kill -9 $!
    wait $!
    ls -A parts | grep -q . && ls -A parts >left
    touch killed
    exit 1
fi
exec '%(program)s' gather audit.xml --partial -q -o "$part" "$file"
"""


def missing(*programs):
    """Names of those that are not installed."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    return [name for name in programs if not shutil.which(name, path=path)]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def make(folder):
    """The audit, its files, the single run, and the worker."""
    rng = random.Random(21)
    names = parts_logs.make(rng, folder, os.environ["TOP"])
    for i in range(FILES):
        names.append(parts_logs.write(
            folder, "updates/more/%d.csv" % i,
            parts_logs.UPDATES + "".join(parts_logs.update_row(rng, 900) for _ in range(1500))))
    names = names[-FILES:] + names[:-FILES]
    with open(os.path.join(folder, "files"), "w", encoding="utf-8") as out:
        out.write("".join(name + "\n" for name in names))
    worker = os.path.join(folder, "worker.sh")
    with open(worker, "w", encoding="utf-8") as out:
        out.write(WORKER % {"folder": folder, "program": os.environ["CFAUDIT"]})
    os.chmod(worker, 0o755)
    os.mkdir(os.path.join(folder, "parts"))
    subprocess.run([os.environ["CFAUDIT"], "gather", "audit.xml", "-q", "-o", "single.xml"],
                   cwd=folder, check=False, stderr=subprocess.DEVNULL)
    return names


def troubles(folder):
    """Whether the ledger is that of the single run, with one worker killed on the way."""
    found = []
    if not os.path.exists(os.path.join(folder, "killed")):
        found.append("no worker was killed")
    if not os.path.exists(os.path.join(folder, "joined.xml")):
        return found + ["nothing was merged"]
    for name in ("single.xml", "joined.xml"):
        if os.path.getsize(os.path.join(folder, name)) < 10000:
            found.append("%s is short" % name)
    with open(os.path.join(folder, "single.xml"), "rb") as one, \
            open(os.path.join(folder, "joined.xml"), "rb") as other:
        if one.read() != other.read():
            found.append("the merged ledger is not that of the single run")
    return found


def tell(name, found):
    print("1..1")
    print("%s 1 - %s" % ("not ok" if found else "ok", name))
    for line in found:
        print("# " + line)
    return 1 if found else 0


def skip(name, why):
    print("1..1\nok 1 - %s # SKIP %s" % (name, why))
    return 0
