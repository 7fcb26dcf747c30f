"""Steps of tests of parts: run the program, part the sources, join the parts in any tree."""

import os
import subprocess

# the least makes a sorted run of every batch of rows
LIMITS = ([], ["--memory", "64K"], ["--memory", "4M"])


def run(folder, *arguments, stdin=None, statuses=(0, 3)):
    done = subprocess.run([os.environ["CFAUDIT"], *arguments], cwd=folder, input=stdin,
                          capture_output=True, check=False,
                          env=dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC"))
    if done.returncode not in statuses:
        raise AssertionError("%s: %d\n%s" % (" ".join(arguments), done.returncode,
                                             done.stderr.decode()))
    return done


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def split(rng, names, count):
    """Every name in one of the groups, of which some may be empty."""
    groups = [[] for _ in range(count)]
    for name in names:
        rng.choice(groups).append(name)
    return [group for group in groups if group]


def gather_parts(rng, folder, groups, limits_of=LIMITS):
    parts = []
    for i, group in enumerate(groups):
        rng.shuffle(group)
        limits = ["-j", str(rng.choice([1, 2, 3, 5])), *rng.choice(limits_of)]
        run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "p%d.cfap" % i, *limits, *group)
        parts.append("p%d.cfap" % i)
    return parts


def merge_tree(rng, folder, parts):
    """Some of them at a time, until one is left."""
    parts = list(parts)
    number = 0
    while len(parts) > 1 and rng.random() < 0.8:
        rng.shuffle(parts)
        some, parts = parts[:rng.randrange(2, len(parts) + 1)], parts
        parts = [part for part in parts if part not in some]
        number += 1
        run(folder, "merge", *some, "-q", "-o", "m%d.cfap" % number)
        parts.append("m%d.cfap" % number)
    rng.shuffle(parts)
    return parts


def same(what, one, other):
    if one != other:
        at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
        raise AssertionError("%s: differ at byte %d:\n%r\n%r" % (what, at, one[max(0, at - 200):at + 100],
                                                                other[max(0, at - 200):at + 100]))


def report(checks):
    """Runs (name, function) in order, as the harness reads it; gives the exit status."""
    print("1..%d" % len(checks))
    failed = 0
    for i, (name, check) in enumerate(checks, 1):
        try:
            check()
            print("ok %d - %s" % (i, name), flush=True)
        except AssertionError as error:
            failed = 1
            print("not ok %d - %s" % (i, name))
            print("\n".join("# " + line for line in str(error).splitlines()), flush=True)
    return failed
