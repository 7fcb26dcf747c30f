"""Every source map reads the sample rows that it carries, and refuses those that it must refuse, by
the rule that it names; of a text log also those that no rule matches."""

import json
import os
import pathlib
import subprocess
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
NS = {"cf": "urn:cfaudit:1"}


def sample_bytes(sample, is_log):
    """White space around lines, and empty lines, do not count; in text logs only the blanks that all
    lines begin with do not."""
    lines = [line.rstrip() for line in sample.text.splitlines() if line.strip()]
    common = min(len(line) - len(line.lstrip(" ")) for line in lines)
    lines = [line[common:] if is_log else line.strip() for line in lines]
    return ("\n".join(lines) + "\n").encode("utf-8")


def accounting(root, sample):
    """What became of the sample's rows, as the program tells it; or why it did not."""
    arguments = [os.environ["CFAUDIT"], "measure", "M-49", "--map", root.get("id"), "--format",
                 "json", "--quiet"]
    is_log = root.get("reader") == "text"
    if not root.get("zone") and root.get("reader") in ("delimited", "text", "json"):
        arguments += ["--zone", "Europe/Rome"]
    if is_log:
        arguments += ["--as-of", "2025-07-01T00:00:00Z"]
    ended = subprocess.run(arguments + ["-"], input=sample_bytes(sample, is_log),
                           capture_output=True, check=False)
    if ended.returncode not in (0, 3):
        return None, ended.stderr.decode()
    return json.loads(ended.stdout)["accounting"][0], ""


def troubles(root, sample):
    source, words = accounting(root, sample)
    if source is None:
        return [words]
    if source["rows_read"] == 0:
        return ["no row was read"]
    if sample.get("read") == "true":
        return [] if source["rows_used"] == source["rows_read"] else \
            ["%d of %d rows used: %s" % (source["rows_used"], source["rows_read"], source["reasons"])]
    reasons = [reason["reason"] for reason in source["reasons"]]
    if source["rows_used"] or reasons != [sample.get("rule")]:
        return ["%d rows used, reasons %s, expected only %s" %
                (source["rows_used"], reasons, sample.get("rule"))]
    return []


def main():
    tap = Tap()
    for path in sorted((TOP / "schemas/sources").glob("*.xml")):
        root = xml.parse(path).getroot()
        samples = root.findall("cf:sample", NS)
        kinds = {sample.get("read") for sample in samples}
        tap.check(path.name + " has samples of both kinds",
                  [] if kinds == {"true", "false"} else ["kinds: %s" % sorted(kinds)])
        for number, sample in enumerate(samples, start=1):
            tap.check("%s, sample %d" % (path.name, number), troubles(root, sample))
    tap.finish()


if __name__ == "__main__":
    main()
