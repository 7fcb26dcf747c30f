"""Logs that are JSON lines: rows, rows that cannot be read, and how often each member has a value,
against Python's own parser."""

import json
import os

import compare
import json_lines

FILES = ["jsonl/pseudonymization_sample.jsonl", "grok/sample_messages.jsonl",
         "lnav/gharchive_log.jsonl.gz", "lnav/logfile_cloudflare.1", "lnav/logfile_ecs_log.json",
         "lnav/logfile_invalid_json2.json", "lnav/logfile_journald.json",
         "lnav/logfile_json2.json", "lnav/logfile_json_invalid.json", "lnav/logfile_jsonid.json",
         "lnav/logfile_mongodb.0", "lnav/logfile_nextcloud.0", "lnav/logfile_otel_collector.jsonl",
         "lnav/logfile_pino.0"]


def filled(rows):
    """Of each member at the top that never holds an object or an array: values but null."""
    counts = {}
    deep = set()
    for row in rows:
        for key, value in row.items():
            if isinstance(value, (dict, list)):
                deep.add(key)
            counts[key] = counts.get(key, 0) + (value is not None)
    return {key: count for key, count in counts.items() if key not in deep and "." not in key}


def troubles(path):
    rows = list(json_lines.read(path))
    good = [row for row in rows if row is not None]
    status, out, err = compare.run("info", "--format", "json", path)
    told = json.loads(out)["files"][0]
    if status != 0 or told["kind"] != "JSON lines":
        return ["status %d, %s; %s" % (status, told["kind"], err.strip())]
    got = (told["rows"], told.get("unreadable", 0))
    if got != (len(rows), len(rows) - len(good)):
        return ["%r rows and unreadable, Python has %r" % (got, (len(rows), len(rows) - len(good)))]
    if len(good) < len(rows):
        return []  # members of lines that break off count there
    columns = {column["column"]: column["filled"] for column in told["columns"]}
    return ["%s is filled %r times, Python has %d" % (key, columns.get(key), count)
            for key, count in filled(good).items() if columns.get(key) != count]


def main():
    tap = compare.Tap()
    for name in FILES:
        tap.check(name, troubles(compare.data("logs", *name.split("/"))))
    path = compare.data("logs", "lnav", "logfile_journald.json")
    source = compare.measure("M-03", "--map", "journald-json", path)["accounting"][0]
    rows = list(json_lines.read(path))
    tap.equal("the journal by its map", (len(rows), 0),
              (source["rows_read"], source["rows_rejected"]))
    tap.equal("runs of its services", len({next(row[key] for key in (
        "_SYSTEMD_INVOCATION_ID", "INVOCATION_ID", "_SYSTEMD_UNIT", "SYSLOG_IDENTIFIER",
        "_TRANSPORT") if key in row) for row in rows}), source["cases"])
    tap.finish()


if __name__ == "__main__":
    main()
