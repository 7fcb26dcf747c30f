"""Every measure of a service with dirty records of all kinds: parted and read in any way, one ledger."""

import os
import random
import re
import sys
import tempfile

import parts_service
from parts_steps import gather_parts, merge_tree, read, report, run, same, split

ROUNDS = int(os.environ.get("PARTS_ROUNDS", "5"))
TOP = os.environ["TOP"]
# shared out among the kinds of records
LIMITS = ([], ["--memory", "1M"], ["--memory", "3M"])


def every_measure_is_there():
    """Else the rounds would show less than they say."""
    with tempfile.TemporaryDirectory() as folder:
        parts_service.make(1, folder, TOP, cases=250, most=3)
        run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        found = set(re.findall(rb' measure="(M-[0-9]+)"', read(folder, "single.xml")))
        listed = set(re.findall(rb"(?m)^M-[0-9]+", run(folder, "list", "measures").stdout))
        if found != listed:
            raise AssertionError("without figures: %s" % sorted(listed - found))


def one_round(seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        names = parts_service.make(seed, folder, TOP, cases=rng.choice([4, 40, 250]),
                                   most=rng.choice([1, 3, 6]))
        run(folder, "gather", "audit.xml", "-q", "-j", "1", "-o", "single.xml")
        single = read(folder, "single.xml")
        for limits in (["--memory", "2M"], ["-j", "3"], ["-j", "5", "--memory", "3M"]):
            run(folder, "gather", "audit.xml", "-q", "-o", "again.xml", *limits)
            same("ledger with " + " ".join(limits), single, read(folder, "again.xml"))
        run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "whole.cfap")
        parts = gather_parts(rng, folder, split(rng, names, rng.randrange(1, len(names) + 2)),
                             LIMITS)
        left = merge_tree(rng, folder, parts)
        run(folder, "merge", *left, "-q", "-o", "joined.xml", "-j", str(rng.choice([1, 2, 3, 5])))
        same("ledger of parts", single, read(folder, "joined.xml"))
        run(folder, "merge", *left, "-q", "-o", "all.cfap")
        same("part", read(folder, "whole.cfap"), read(folder, "all.cfap"))


def main():
    checks = [("every measure is there", every_measure_is_there)]
    checks += [("round %d" % seed, lambda seed=seed: one_round(seed)) for seed in range(ROUNDS)]
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
