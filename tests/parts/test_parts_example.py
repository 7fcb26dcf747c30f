"""The five instruments give the same bytes however their records are parted and read."""

import os
import random
import re
import sys
import tempfile

import parts_example
from parts_steps import gather_parts, merge_tree, read, report, run, same, split

ROUNDS = int(os.environ.get("PARTS_ROUNDS", "3"))
TOP = os.environ["TOP"]


def ways_to_read(folder, single):
    """Memory for a few rows only, for some, for all; threads of any number."""
    for limits in (["--memory", "400K"], ["--memory", "2M"], ["-j", "1"], ["-j", "2", "--memory", "700K"],
                   ["-j", "3"], ["-j", "5", "--memory", "1500K"]):
        run(folder, "gather", "audit.xml", "-q", "-o", "again.xml", *limits)
        same("ledger with " + " ".join(limits), single, read(folder, "again.xml"))


def one_round(seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        names = parts_example.make(rng, folder, TOP, most=rng.choice([1, 3, 7]))
        run(folder, "gather", "audit.xml", "-q", "-o", "single.xml")
        run(folder, "gather", "audit.xml", "--partial", "-q", "-o", "whole.cfap")
        single = read(folder, "single.xml")
        ways_to_read(folder, single)
        parts = gather_parts(rng, folder, split(rng, names, rng.randrange(1, len(names) + 2)))
        left = merge_tree(rng, folder, parts)
        run(folder, "merge", *left, "-q", "-o", "joined.xml", "-j", str(rng.choice([1, 2, 3, 5])))
        same("ledger of parts", single, read(folder, "joined.xml"))
        run(folder, "merge", *left, "-q", "-o", "all.cfap")
        same("part", read(folder, "whole.cfap"), read(folder, "all.cfap"))


def figures(ledger):
    """Those of a ledger without the places of what is cited."""
    text = re.sub(r' source="\d+" line="\d+" offset="\d+"', "", ledger.decode())
    return text[text.index("<figure"):text.rindex("</figure>")].encode()


def cut_files_give_the_figures_of_whole_ones():
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as cut:
        parts_example.make(random.Random(1), whole, TOP, most=1)
        parts_example.make(random.Random(2), cut, TOP, most=9, whole=parts_example.WITHOUT_IDS)
        for folder in (whole, cut):
            run(folder, "gather", "audit.xml", "-q", "-o", "l.xml")
        same("figures", figures(read(whole, "l.xml")), figures(read(cut, "l.xml")))


def main():
    checks = [("round %d" % seed, lambda seed=seed: one_round(seed)) for seed in range(ROUNDS)]
    checks += [(check.__name__.replace("_", " "), check)
               for check in (cut_files_give_the_figures_of_whole_ones,)]
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
