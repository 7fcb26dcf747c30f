"""JSON: lines and documents by the whole program, beside the packaged libraries that parse and do
nothing else. Which of them is quickest is measured first, on a tenth."""

import json
import os
import sys

from contender import Contender, table, take_turns

HERE = os.path.dirname(os.path.realpath(__file__))
ROWS = 1_000_000
# What checks the grammar, is packaged and can be called from C; then the others.
LIBRARIES = {"yajl": "yajl", "cjson": "cJSON", "jansson": "jansson", "jsonc": "json-c",
             "fastjson": "libfastjson", "parser": "json-parser", "laxjson": "laxjson"}
OTHERS = {"jsmn": "jsmn, tokens without grammar", "simdjson": "simdjson, which is C++"}
MAPS = {"lines": os.path.join(HERE, "incident_lines.xml"), "array": "servicenow-incident-json"}


def bare(bench, library, path):
    """A library on a file; None where it is not installed."""
    program = os.path.join(bench.helpers, "json_" + library)
    if not os.path.exists(program):
        return None
    return Contender("bare " + (LIBRARIES | OTHERS)[library], [program, path],
                     os.path.getsize(path))


def quickest(bench, path, rows):
    """The name of the quickest library, and of those that are only shown."""
    peers = {name: bare(bench, name, path) for name in LIBRARIES | OTHERS}
    missing = sorted(name for name, peer in peers.items() if not peer)
    if missing:
        print("not installed and skipped: " + ", ".join(missing))
    peers = {name: peer for name, peer in peers.items() if peer}
    python = Contender("python3 json, with the figures",
                       [sys.executable, os.path.join(HERE, "peer_json.py"), path],
                       os.path.getsize(path))
    ours = bench.ours(path, "--map", MAPS["lines"], "--by", "priority", "-j", "1")
    take_turns([ours, python] + list(peers.values()), bench.rounds)
    table("JSON, which library: %d lines, %.2f GB" % (rows, os.path.getsize(path) / 1e9),
          [ours, python] + list(peers.values()), ours)
    for peer in peers.values():
        if int(peer.out()) != rows:
            sys.exit("%s counts %s rows, not %d" % (peer.name, peer.out(), rows))
    wanted = python.out().split()
    if bench.percentiles(json.loads(ours.out())) != wanted:
        sys.exit("Python has other figures than ours: %s" % wanted)
    print("  Python has the same n and percentiles of each priority")
    best = min((name for name in peers if name in LIBRARIES),
               key=lambda name: peers[name].median(), default=None)
    return best, [name for name in peers if name in OTHERS]


def check_rows(ours, rows):
    read = json.loads(ours.out())["accounting"][0]
    if (read["rows_read"], read["rows_used"]) != (rows, rows):
        sys.exit("%s: %s" % (ours.name, read))


def run_form(bench, form, rows, names):
    """One thread and all, with and without the digest; every row is counted by all."""
    path = bench.generate_by("generate_json", ".json", form, rows)
    size = os.path.getsize(path)
    ours = bench.ours(path, "--map", MAPS[form], "--by", "priority", "-j", "1")
    ours.name = "cfaudit -j 1, with SHA-256"
    without = bench.without_digest(ours)
    without.name = "cfaudit -j 1, no digest taken"
    threads = bench.ours(path, "--map", MAPS[form], "--by", "priority")
    digest = Contender("openssl dgst -sha256", ["openssl", "dgst", "-sha256", path], size)
    # a document is one value, of which only yajl is given a piece at a time
    peers = [bare(bench, name, path) for name in names if form == "lines" or name == "yajl"]
    take_turns([ours, without, threads, digest] + peers, bench.rounds)
    table("JSON, %s: %d rows, %.2f GB" % (form, rows, size / 1e9),
          [ours, without, threads, digest] + peers, ours)
    for run in (ours, without, threads):
        check_rows(run, rows)
        if json.loads(run.out())["figures"] != json.loads(ours.out())["figures"]:
            sys.exit("%s has other figures" % run.name)
    for peer in peers:
        if int(peer.out()) != rows:
            sys.exit("%s counts %s rows, not %d" % (peer.name, peer.out(), rows))
        print("  %.2f times the rate of %s, %.2f without the digest" %
              (ours.rate() / peer.rate(), peer.name, without.rate() / peer.rate()))
    return ours


def by_digit(bench, run):
    """The map of the document has words behind the digit of a priority."""
    words = bench.percentiles(json.loads(run.out()))
    return [words[i][0] if i % 6 == 0 else words[i] for i in range(len(words))]


def run(bench):
    rows = bench.scaled(ROWS)
    tenth = max(1000, rows // 10)
    best, others = quickest(bench, bench.generate_by("generate_json", ".json", "lines", tenth),
                            tenth)
    ours = [run_form(bench, form, rows, ([best] if best else []) + others) for form in MAPS]
    if by_digit(bench, ours[0]) != by_digit(bench, ours[1]):
        sys.exit("lines and document have other figures")
    few = bench.ours(bench.generate_by("generate_json", ".json", "array", tenth),
                     "--map", MAPS["array"], "--by", "priority", "-j", "1")
    few.go()
    print("  lines and document have the same figures; %.0f bytes of memory a case" %
          ((ours[1].median("peak") - few.median("peak")) / ((rows - tenth) / 3)))
