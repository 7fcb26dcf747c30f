"""Dirty tables made from a seed, and the program's figures of them beside those of an oracle."""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from generate.seeded import Seeded
from real.compare import differences

DAY = 86400
MICRO = 1000000
CF = "{urn:cfaudit:1}"


class Bench:
    """Tables of a run, and what the program says of them."""

    def __init__(self, tap, seed):
        self.tap = tap
        self.random = Seeded(seed)
        self.files = []
        self.folder = tempfile.TemporaryDirectory()

    def table(self, name, columns, rows):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row.get(column) or "" for column in columns])
        path = pathlib.Path(self.folder.name, name)
        path.write_text(text.getvalue(), "utf-8")
        return str(path)

    def run(self, *arguments):
        ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                               check=False)
        if ended.returncode:
            raise SystemExit("# %s: status %d\n# %s" % (" ".join(map(str, arguments)),
                             ended.returncode, ended.stderr.decode().replace("\n", "\n# ")))
        return ended.stdout

    def measure(self, measures, *arguments):
        return json.loads(self.run("measure", *measures.split(), "--format", "json", *arguments))

    def same(self, document, measure, expected):
        """expected: {variant: figure}; every variant that the oracle knows, and no other."""
        got = {figure["variant"]: figure for figure in document["figures"]
               if figure["measure"] == measure}
        self.tap.equal("%s has the variants" % measure, sorted(expected), sorted(got))
        for variant, figure in expected.items():
            if variant in got:
                self.tap.check("%s %s, n %d" % (measure, variant, figure["n"]),
                               differences(figure, got[variant]))


def instant(seconds):
    """ISO 8601 in UTC; None stays missing."""
    import datetime
    if seconds is None:
        return None
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return moment.isoformat() + "Z"


class Left:
    """What an oracle leaves out, by reason."""

    def __init__(self):
        self.reasons = {}

    def out(self, reason):
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def with_(self, figure):
        return dict(figure, excluded=self.reasons)


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None


# --- audits: the kinds of record come together in one ledger ---

AUDIT = """<audit xmlns="urn:cfaudit:1" id="a" zone="UTC" as-of="%s">
 <title lang="en">A</title>
 <organization>Example</organization>
 <checklist name="%s"/>
%s</audit>
"""
SOURCE = ' <source id="%s" map="generic-%s"><file>%s.csv</file></source>\n'


def gather(bench, as_of, checklist, kinds):
    """{(measure, variant): figure} of an audit over the tables of these kinds."""
    path = pathlib.Path(bench.folder.name, "audit.xml")
    path.write_text(AUDIT % (instant(as_of), checklist,
                             "".join(SOURCE % (kind, kind, kind) for kind in kinds)), "utf-8")
    ledger = pathlib.Path(bench.folder.name, "ledger.xml")
    bench.run("gather", path, "-q", "--force", "-o", ledger)
    found = {}
    for figure in xml.parse(ledger).getroot().iter(CF + "figure"):
        if figure.get("id"):
            got = {name: float(figure.get(name)) if figure.get(name) else None
                   for name in ("n", "k", "value", "low", "high")}
            got["excluded"] = [{"reason": out.get("reason"), "n": int(out.get("n"))}
                               for out in figure.findall(CF + "excluded")]
            found[figure.get("measure"), figure.get("variant")] = got
    return found


def same(bench, got, measure, variant, expected):
    figure = got.get((measure, variant))
    if figure is None:
        bench.tap.check("%s %s" % (measure, variant), ["there is no such figure"])
        return
    bench.tap.equal("%s %s, k" % (measure, variant), expected["k"], figure["k"])
    bench.tap.check("%s %s, n %d" % (measure, variant, expected["n"]),
                    differences(expected, figure))
