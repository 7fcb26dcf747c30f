"""Published text logs: each is read or refused with a place and a reason; every line is accounted for;
and what rules count is what grep counts."""

import gzip
import json
import os
import pathlib
import re
import subprocess
import tempfile

import compare

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="one" reader="text" zone="UTC">
 <title lang="en">One pattern</title>
 <time><format>%%b %%e %%H:%%M:%%S</format></time>
 <log><rule name="one"><match>%s</match></rule></log>
 <record kind="ticket"><field name="id" required="true"><column>log:place</column></field></record>
</source-map>
"""
PATTERNS = ["Failed password", "Invalid user \\S+ from", "sshd\\[[0-9]+\\]: ",
            "session opened for user (root|ubuntu)", "^Apr  ?[0-9]", "COMMAND=", "no such thing"]


def content(path):
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def line_count(raw):
    return raw.count(b"\n") + (raw[-1:] not in (b"", b"\n"))


def files():
    root = pathlib.Path(compare.data("logs"))
    return sorted(path for path in root.rglob("*") if path.is_file())


def troubles_of(path, source_map):
    """What is wrong with how the file is read by the map."""
    status, out, err = compare.run("measure", "M-03", "--map", source_map, "--zone", "UTC", "--as-of",
                                   "2026-01-01T00:00:00Z", "--format", "json", str(path))
    if status == 2:
        located = re.search(re.escape(str(path)) + r"(:[0-9]+)?(:[0-9]+)?: fatal: .* \[[a-z-]+\]", err)
        return [] if located else ["refused without a reason: " + err]
    if status not in (0, 1, 3):
        return ["status %d: %s" % (status, err)]
    source = json.loads(out)["accounting"][0]
    rows = [source["rows_" + name] for name in ("read", "used", "filtered", "rejected")]
    wrong = [] if rows[0] == sum(rows[1:]) else ["rows do not add up: %s" % rows]
    if rows[0] != line_count(content(path)):
        wrong.append("%d rows of %d lines" % (rows[0], line_count(content(path))))
    shown = sum(len(reason["first"]) for reason in source["reasons"])
    if rows[0] > rows[1] and shown == 0:
        wrong.append("nothing shows what was not used")
    return wrong


def check_all(tap):
    for source_map in ("syslog", "apache-access"):
        wrong = []
        for path in files():
            wrong += ["%s: %s" % (path.name, trouble) for trouble in troubles_of(path, source_map)]
        tap.check("every log by %s: read or refused, and accounted for" % source_map, wrong)


def check_info(tap):
    """The map for a kind of log is found from its lines."""
    for source_map, name in (("syslog", "syslog/auth.log.gz"),
                             ("apache-access", "access/apache_combined_10k.log.gz"),
                             ("syslog", "lnav/logfile_syslog.0"),
                             ("apache-access", "lnav/logfile_access_log.0"),
                             ("apache-access", "lnav/logfile_shop_access_log.0.gz")):
        status, out, _ = compare.run("info", "--format", "json", compare.data("logs", *name.split("/")))
        tap.equal("info knows the map for " + name, (0, True),
                  (status, b'"map": "%s"' % source_map.encode() in out))


def check_grep(tap, folder):
    path = pathlib.Path(compare.data("logs", "syslog", "auth.log.gz"))
    plain = content(path)
    for number, pattern in enumerate(PATTERNS):
        source_map = pathlib.Path(folder) / ("one%d.xml" % number)
        source_map.write_text(MAP % pattern, encoding="utf-8")
        grep = subprocess.run(["grep", "-c", "-E", pattern.replace("\\S", "[^ ]")], input=plain,
                              capture_output=True, check=False,
                              env=dict(os.environ, LC_ALL="C.UTF-8"))
        document = read_any(source_map, path)
        tap.equal("as grep counts: " + pattern, int(grep.stdout), document["rows_used"])


def read_any(source_map, path):
    """The accounting, whatever the figures are worth."""
    _, out, _ = compare.run("measure", "M-49", "--map", str(source_map), "--as-of",
                            "2017-05-01T00:00:00Z", "--format", "json", str(path))
    return json.loads(out)["accounting"][0]


def check_codes(tap):
    """Requests by what the server answered, as a regular expression of another engine counts them."""
    path = pathlib.Path(compare.data("logs", "access", "apache_combined_10k.log.gz"))
    counted = {}
    for line in content(path).decode("utf-8", "replace").splitlines():
        code = re.search(r'" ([0-9]{3}) (?:[0-9]+|-)', line).group(1)
        counted[code] = counted.get(code, 0) + 1
    document = compare.measure("M-07", "--map", "apache-access", "--by", "code", str(path))
    source = document["accounting"][0]
    tap.equal("web server: rows", (10000, 10000), (source["rows_read"], source["rows_used"]))
    figure = compare.find(document, "M-07", "reported")
    kept = sum(n for code, n in counted.items() if code < "400")
    failed = sum(n for code, n in counted.items() if code >= "500")
    tap.equal("web server: answered of those that count", (kept, kept + failed),
              (figure["k"], figure["n"]))


def main():
    tap = compare.Tap()
    check_all(tap)
    check_info(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_grep(tap, folder)
    check_codes(tap)
    tap.finish()


if __name__ == "__main__":
    main()
