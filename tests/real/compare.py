"""Runs the program on real data and compares its figures with those of the oracle, as TAP."""

import json
import math
import numbers
import os
import subprocess
import sys

SHARE_TOLERANCE = 1e-12


def data(*path):
    """Path below the folder of real data; the whole script is skipped where there is none."""
    root = os.environ.get("CFAUDIT_REAL_DATA")
    if not root:
        print("1..0 # SKIP CFAUDIT_REAL_DATA is not set")
        sys.exit(0)
    return os.path.join(root, *path)


class Tap:
    """Prints one line for each check and remembers whether one failed."""

    def __init__(self):
        self.failed = False

    def check(self, name, troubles):
        """troubles: texts; none means that it holds."""
        if not troubles:
            print("ok - " + name)
            return
        self.failed = True
        print("not ok - " + name)
        for trouble in troubles[:12]:
            print("# " + trouble)
        if len(troubles) > 12:
            print("# and %d more" % (len(troubles) - 12))

    def equal(self, name, expected, got):
        self.check(name, [] if expected == got else ["expected %r, got %r" % (expected, got)])

    def finish(self):
        sys.exit(1 if self.failed else 0)


def run(*arguments):
    """(status, stdout, stderr) of the program."""
    ended = subprocess.run([os.environ["CFAUDIT"], *arguments], capture_output=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr.decode("utf-8", "backslashreplace")


def measure(measures, *arguments, status=0):
    """The JSON of `cfaudit measure`; raises with the program's own words when it goes wrong."""
    ended, out, err = run("measure", *measures.split(), "--format", "json", *arguments)
    if ended != status:
        raise SystemExit("# measure %s %s: status %d, expected %d\n# %s" %
                         (measures, " ".join(arguments), ended, status,
                          err.strip().replace("\n", "\n# ")))
    return json.loads(out)


def find(document, name, variant=None):
    """A figure by measure and variant; without a variant the only one."""
    found = [figure for figure in document["figures"]
             if figure["measure"] == name and variant in (None, figure["variant"])]
    if len(found) != 1:
        raise SystemExit("# %d figures %s %s, expected one" % (len(found), name, variant or ""))
    return found[0]


def close(expected, got):
    if expected is None or got is None:
        return expected is None and got is None
    return math.isclose(float(expected), got, rel_tol=1e-12, abs_tol=SHARE_TOLERANCE)


def differences(expected, figure, where=""):
    """What is not as expected, by key; keys that the oracle does not know are not compared."""
    found = []
    for key, value in expected.items():
        if key == "k":
            continue  # follows from n and value
        if key == "excluded":
            got = {item["reason"]: item["n"] for item in figure["excluded"] if item["n"]}
            if got != {reason: n for reason, n in value.items() if n}:
                found.append("%sexcluded: expected %r, got %r" % (where, value, got))
        elif key == "quantiles":
            for name, number in value.items():
                if not close(number, figure["quantiles"][name]):
                    found.append("%s%s: expected %r, got %r" %
                                 (where, name, number, figure["quantiles"][name]))
        elif key in ("breakdown", "series"):
            found += rows_differ(value, figure[key], where + key + " ")
        elif isinstance(value, numbers.Real) or value is None:
            if not close(value, figure[key]):
                found.append("%s%s: expected %r, got %r" % (where, key, value, figure[key]))
        elif value != figure[key]:
            found.append("%s%s: expected %r, got %r" % (where, key, value, figure[key]))
    return found


def rows_differ(expected, rows, where):
    """expected: {key: figure}; the program's rows come in the order of the keys. A row in which
    everything was excluded is none for the oracle."""
    rows = [row for row in rows if row["n"] or row["key"] in expected]
    keys = [row["key"] for row in rows]
    wanted = sorted(expected, key=lambda key: key.encode())
    if keys != wanted:
        return ["%skeys: expected %r, got %r" % (where, wanted, keys)]
    found = []
    for row in rows:
        found += differences(expected[row["key"]], row, "%s%s: " % (where, row["key"]))
    return found


def accounting_troubles(document):
    """read = used + filtered + rejected, for each source."""
    return ["%(source)s: %(rows_read)d rows read, %(rows_used)d used, %(rows_filtered)d filtered, "
            "%(rows_rejected)d rejected" % source for source in document["accounting"]
            if source["rows_read"] != source["rows_used"] + source["rows_filtered"]
            + source["rows_rejected"]]
