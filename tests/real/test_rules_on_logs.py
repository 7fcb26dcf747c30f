"""Every line of the public logs by the rules of every source map, and by patterns of many kinds: all
paths of the rule engine find what asking each rule on each line finds."""

import glob
import gzip
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as xml

import compare

TOP = os.environ["TOP"]
NAME = re.compile(r"%\{(\w+)(?::(\w+))?\}")
SPACE = "{urn:cfaudit:1}"

# of options (a letter, see the fuzz target) and patterns
OTHERS = [
    r"-\d{1,3}(\.\d{1,3}){3}", r"-(?<ip>[0-9.]+) - - \[(?<at>[^\]]+)\]", r"iERROR|WARN|fatal",
    r"-sshd\[\d+\]: (Invalid|Failed)", r"-(?i)(user|host)name", r"-^\s+at ", r"-(\w)\1\1", r"-^$",
    r'-"(GET|POST|HEAD) (?<path>\S+)', r"u\bé|ü|ß", r"x kernel : # comment", r"-[^ -~]", r"-\t",
    r"-^(?=.*level)(?=.*msg)", r"i(?<=status=)[45]\d\d", r"-session (opened|closed) for user (\w+)",
    r"-\Q[preauth]\E$", r"-[0-9a-f]{8}-[0-9a-f]{4}", r"-.{200}", r"i(java|org)\.[a-z.]+Exception",
]


def own_names():
    """The program's named patterns."""
    with open(os.path.join(TOP, "tools/text/log_patterns.def"), encoding="utf-8") as file:
        rows = re.findall(r'^LOG_PATTERN\("(\w+)", "((?:[^"\\]|\\.)*)"', file.read(), re.M)
    return {name: re.sub(r"\\(.)", r"\1", pattern) for name, pattern in rows}


def expanded(pattern, names):
    def one(match):
        inner = expanded(names[match.group(1)], names)
        return "(?<%s>%s)" % (match.group(2), inner) if match.group(2) else "(?:%s)" % inner
    return NAME.sub(one, pattern)


def map_patterns():
    """Those of all rules of all maps, in the order of the files."""
    patterns = []
    for path in sorted(glob.glob(os.path.join(TOP, "schemas/sources/*.xml"))):
        root = xml.parse(path).getroot()
        names = own_names()
        for named in root.iter(SPACE + "pattern"):
            if named.get("name"):
                names[named.get("name")] = named.text.strip()
        for rule in root.iter(SPACE + "rule"):
            for match in rule.iter(SPACE + "match"):
                patterns.append("-" + expanded(match.text.strip(), names))
    return patterns


def logs():
    for path in sorted(glob.glob(compare.data("logs", "*", "*"))):
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rb") as file:
            yield os.path.relpath(path, compare.data("logs")), file.read()


def main():
    tap = compare.Tap()
    patterns = map_patterns()
    target = os.path.join(os.environ["BUILD"], "tests/fuzz/fuzz_rules")
    tap.check("the maps have rules", [] if len(patterns) > 20 else ["%d patterns" % len(patterns)])
    troubles = []
    lines = 0
    with tempfile.NamedTemporaryFile() as file:
        for name, text in logs():
            file.seek(0)
            file.truncate()
            file.write("\n".join(patterns + OTHERS).encode() + b"\n\n" + text[:3 << 20])
            file.flush()
            lines += text.count(b"\n")
            ended = subprocess.run([target, file.name], capture_output=True, check=False, text=True)
            if ended.returncode != 0:
                troubles.append("%s: %s" % (name, ended.stderr.strip()))
    tap.check("%d patterns on %d lines: the same on every path" % (len(patterns + OTHERS), lines),
              troubles)
    return tap.failed


if __name__ == "__main__":
    raise SystemExit(main())
