"""Parts of a run, joined in any order and any tree, give the bytes of the run that reads it all."""

import itertools
import os
import random
import subprocess
import sys
import tempfile

import parts_logs
from parts_steps import LIMITS, gather_parts, merge_tree, read, report, run, same, split

ROUNDS = int(os.environ.get("PARTS_ROUNDS", "12"))
TOP = os.environ["TOP"]


def one_round(seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        names = parts_logs.make(rng, folder, TOP, cases=rng.choice([5, 60, 400]))
        single = run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "whole.cfap")
        runs = run(folder, "gather", "audit.xml", "-q", "-o", "runs.xml", *rng.choice(LIMITS[1:]))
        same("ledger by way of sorted runs", read(folder, "single.xml"), read(folder, "runs.xml"))
        same("diagnostics by way of sorted runs", single.stderr, runs.stderr)
        groups = split(rng, names, rng.randrange(1, len(names) + 2))
        parts = gather_parts(rng, folder, groups)
        left = merge_tree(rng, folder, parts)
        joined = run(folder, "merge", *left, "-q", "-o", "joined.xml")
        same("ledger", read(folder, "single.xml"), read(folder, "joined.xml"))
        if joined.returncode != single.returncode:
            raise AssertionError("status %d, not %d" % (joined.returncode, single.returncode))
        run(folder, "merge", *left, "-q", "-o", "all.cfap")
        same("part", read(folder, "whole.cfap"), read(folder, "all.cfap"))
        return groups


def measures_by_way_of_sorted_runs():
    """Without an audit, and without citations: figures that are else made while rows are read."""
    rng = random.Random(21)
    with tempfile.TemporaryDirectory() as folder:
        parts_logs.write(folder, "t.csv", parts_logs.TICKETS + "".join(
            parts_logs.ticket_row(rng, 900) for _ in range(3000)))
        for measure, by in itertools.product(("M-03", "M-10", "M-49", "M-61"), ("group", "customer")):
            command = ["measure", measure, "--map", "generic-ticket", "--zone", "UTC",
                       "--by", "priority", "--by", by, "-f", "json", "t.csv"]
            whole = run(folder, *command, statuses=(0, 1, 3))
            for limits in (["--memory", "64K"], ["--memory", "64K", "-j", "3"], ["--memory", "3M"]):
                runs = run(folder, *command, *limits, statuses=(0, 1, 3))
                same("figures of " + measure, whole.stdout, runs.stdout)
                same("diagnostics", whole.stderr, runs.stderr)


def books_are_the_same():
    """Not only the ledger: the workbook that comes of it."""
    rng = random.Random(99)
    with tempfile.TemporaryDirectory() as folder:
        names = parts_logs.make(rng, folder, TOP)
        run(folder, "run", "audit.xml", "-q", "-o", "single.xlsx")
        parts = gather_parts(rng, folder, split(rng, names, 3))
        run(folder, "merge", *parts, "-q", "-o", "j.evidence.xml")
        run(folder, "score", "audit.xml", "-q", "--evidence", "j.evidence.xml", "-o", "j.result.xml")
        run(folder, "report", "-q", "--evidence", "j.evidence.xml", "--result", "j.result.xml",
            "-o", "j.xlsx")
        same("workbook", read(folder, "single.xlsx"), read(folder, "j.xlsx"))


def audit_in_another_folder():
    """Named by another path: neither parts nor ledger tell where the folder of the audit is."""
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        inner = os.path.join(folder, "deep", "er")
        os.makedirs(inner)
        names = parts_logs.make(rng, inner, TOP)
        run(inner, "gather", "audit.xml", "-q", "-o", "single.xml")
        run(folder, "gather", "deep/er/audit.xml", "-q", "-o", "single.xml")
        same("ledger", read(inner, "single.xml"), read(folder, "single.xml"))
        run(folder, "gather", "deep/er/audit.xml", "--partial", "-q", "-o", "a.cfap",
            *["deep/er/" + name for name in names[:2]])
        run(folder, "gather", os.path.join(inner, "audit.xml"), "--partial", "-q", "-o", "b.cfap",
            *[os.path.join(inner, name) for name in names[2:]])
        run("/", "merge", folder + "/b.cfap", folder + "/a.cfap", "-q", "-o", folder + "/j.xml")
        same("ledger", read(inner, "single.xml"), read(folder, "j.xml"))


def more_parts_than_are_open_at_once():
    rng = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        parts_logs.make(rng, folder, TOP)
        header = parts_logs.UPDATES
        for i in range(150):
            parts_logs.write(folder, "updates/many/%03d.csv" % i, header + "".join(
                parts_logs.update_row(rng, 200) for _ in range(3)))
        run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        lines = b""
        for i in range(150):
            lines += run(folder, "gather", "audit.xml", "--partial", "-q", "-f", "lines",
                         "updates/many/%03d.csv" % i).stdout
        names = [os.path.relpath(os.path.join(where, name), folder)
                 for where, _, files in os.walk(folder) for name in files
                 if name.endswith(parts_logs.ENDINGS) and "many" not in where]
        lines += run(folder, "gather", "audit.xml", "--partial", "-q", "-f", "lines", *names).stdout
        run(folder, "merge", "-", "-q", "-o", "j.xml", stdin=b"".join(sorted(lines.splitlines(True))))
        same("ledger", read(folder, "single.xml"), read(folder, "j.xml"))


def mapper_sort_reducer():
    """The contract of streaming engines: lines, sorted by key, in one place."""
    rng = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        names = parts_logs.make(rng, folder, TOP)
        run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        script = "for f in %s; do \"$CFAUDIT\" gather audit.xml --partial -q -f lines --source " \
                 "$(case $f in t*) echo tickets;; u*) echo updates;; d*) echo desk;; a*) echo api;; " \
                 "p*) echo pages;; *) echo log;; esac) " \
                 "--name $f - <$f; done | LC_ALL=C sort | \"$CFAUDIT\" merge -q -o j.xml -" % " ".join(names)
        done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, check=False)
        if done.returncode not in (0, 3):
            raise AssertionError(done.stderr.decode())
        same("ledger", read(folder, "single.xml"), read(folder, "j.xml"))


def pieces_of_a_file():
    """A table cut by lines, its header before each piece: the run over the pieces."""
    rng = random.Random(13)
    with tempfile.TemporaryDirectory() as folder:
        parts_logs.make(rng, folder, TOP)
        rows = [parts_logs.update_row(rng, 90) for _ in range(500)]
        os.makedirs(os.path.join(folder, "updates/big"))
        parts_logs.write(folder, "whole/updates/big/u.csv", parts_logs.UPDATES + "".join(rows))
        parts = []
        for i in range(0, 500, 125):
            name = parts_logs.write(folder, "updates/big/u%d.csv" % (i // 125),
                                    parts_logs.UPDATES + "".join(rows[i:i + 125]))
            run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "p%d.cfap" % i, name)
            parts.append("p%d.cfap" % i)
        rest = [os.path.relpath(os.path.join(where, name), folder)
                for where, _, files in os.walk(folder) for name in files
                if name.endswith(parts_logs.ENDINGS) and "big" not in where]
        run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "rest.cfap", *rest)
        run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        run(folder, "merge", "rest.cfap", *reversed(parts), "-q", "-o", "j.xml")
        same("ledger", read(folder, "single.xml"), read(folder, "j.xml"))


def main():
    checks = [("round %d" % seed, lambda seed=seed: one_round(seed)) for seed in range(ROUNDS)]
    checks += [(check.__name__.replace("_", " "), check)
               for check in (measures_by_way_of_sorted_runs, books_are_the_same, audit_in_another_folder,
                             more_parts_than_are_open_at_once, mapper_sort_reducer,
                             pieces_of_a_file)]
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
