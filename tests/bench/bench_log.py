"""Many rules over a log: beside ripgrep, the digest, bare decompressors, and ten times the log.

Ripgrep takes what the processor has, AVX2 where there is some, in every row: our paths without it
are held against that.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from xml.sax.saxutils import escape

from contender import Contender, table, take_turns

LINES = 8_000_000
RULES = (1, 10, 50, 200)
OTHER_RULES = (1, 10, 50)
TIMES = 10
PATHS = {"best": "", "ssse3": ", without AVX2", "portable": ", any machine",
         "naive": ", each on each line"}
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="desk-log" revision="1" reader="text">
 <title lang="en">Log of a service desk</title>
 <note lang="en">The rules of the generator; a case is what one of them took.</note>
 <log>
%s </log>
 <record kind="ticket">
  <field name="id" required="true"><column>log:rule</column></field>
 </record>
</source-map>
"""


def counted(count):
    return "%d rule%s" % (count, "s" if count > 1 else "")


class Log:
    """The log and the contenders on it."""

    def __init__(self, bench):
        self.bench = bench
        self.path = bench.generate_by("generate_log", ".log", "lines", bench.scaled(LINES))
        self.size = os.path.getsize(self.path)

    def rules_file(self, count):
        return self.bench.generate_by("generate_log", ".txt", "rules", count)

    def rules(self, count):
        with open(self.rules_file(count), encoding="utf-8") as file:
            return file.read().splitlines()

    def engine(self, count, how, mode="every"):
        """The engine alone, on one thread and without a digest."""
        return Contender(counted(count) + PATHS[how],
                         [os.path.join(self.bench.helpers, "scan_log"), how, mode,
                          self.rules_file(count), self.path], self.size)

    def ripgrep(self, count, path=None, *options):
        """One count for all rules; it refuses a name that two of them have."""
        plain = os.path.join(self.bench.folder, "rules-%d-without-names.txt" % count)
        with open(plain, "w", encoding="utf-8") as file:
            for rule in self.rules(count):
                file.write(re.sub(r"\(\?<\w+>", "(?:", rule) + "\n")
        return Contender(" ".join(("ripgrep -j1 -c", *options)) + ", " + counted(count),
                         ["rg", "-j1", "-c", *options, "-f", plain, path or self.path], self.size)

    def whole(self, name, threads, *paths, feed=None):
        """The whole command with 50 rules, and SHA-256 of what is stored."""
        source_map = os.path.join(self.bench.folder, "rules-50.xml")
        with open(source_map, "w", encoding="utf-8") as file:
            file.write(MAP % "".join("  <rule name=\"rule-%d\"><match>%s</match></rule>\n" %
                                     (i + 1, escape(rule))
                                     for i, rule in enumerate(self.rules(50))))
        # there is no figure to be had: only what became of each line is looked at
        return Contender(name, [self.bench.program, "measure", "M-03", "-q", "-j", str(threads),
                                "--allow-incomplete", "--map", source_map, "--format", "json",
                                *paths], self.size, feed=feed)

    def packed(self, tool, ending):
        path = self.path + ending
        if not os.path.exists(path):
            with open(path + ".part", "wb") as file:
                subprocess.run([*tool, "-c", self.path], stdout=file, check=True)
            os.rename(path + ".part", path)
        return path


def totals(run):
    """Entries, and those that no rule matched."""
    words = run.out().split()
    return int(words[words.index("entries") + 1]), int(words[words.index("unmatched") + 1])


def check_engine(log, runs, peers):
    naive = log.engine(50, "naive")
    naive.go()
    for (count, how), run in runs.items():
        if count == 50 and run.out() != naive.out():
            sys.exit("%s has other counts than each rule on each line" % run.name)
        if run.out() != runs[count, "best"].out():
            sys.exit("%s: the paths have other counts" % run.name)
    for count, peer in peers.items():
        entries, unmatched = totals(runs[count, "best"])
        if int(peer.out()) != entries - unmatched:
            sys.exit("ripgrep counts %s lines, we %d" % (peer.out(), entries - unmatched))
    return naive


def engine(log):
    """Rules on one thread and without a digest, beside ripgrep."""
    runs = {(count, "best"): log.engine(count, "best") for count in RULES}
    runs.update({(count, how): log.engine(count, how) for count in OTHER_RULES
                 for how in ("ssse3", "portable")})
    peers = {}
    if shutil.which("rg"):
        peers = {count: log.ripgrep(count) for count in RULES}
    else:
        print("ripgrep: skipped, it is not installed")
    turns = [one for count in RULES for one in
             [run for (of, _), run in runs.items() if of == count] + [peers.get(count)] if one]
    take_turns(turns, log.bench.rounds)
    naive = check_engine(log, runs, peers)
    print("\nThe 50 rules:\n%s" % "\n".join(log.rules(50)))
    entries, unmatched = totals(naive)
    table("Log: %d lines, %.2f GB; %.1f %% of the lines are matched by one of 50 rules" %
          (entries, log.size / 1e9, 100 - 100 * unmatched / entries), turns + [naive],
          runs[50, "best"])
    print("  all paths have the count of each rule on each line%s" %
          (", ripgrep that of all together" * bool(peers)))
    for how in ("best", "ssse3", "portable") if peers else ():
        print("  %s times the rate of ripgrep%s" % (
            ", ".join("%s %.2f" % (counted(count), runs[count, how].rate() / peer.rate())
                      for count, peer in peers.items() if (count, how) in runs),
            PATHS[how] + " (it has AVX2)" * (how != "best")))


def account(run):
    return json.loads(run.out())["accounting"][0]


def taken(run):
    """What became of the lines: of all, and by each rule."""
    source = account(run)
    return ([source[key] for key in ("stream", "rows_read", "rows_used", "rows_filtered")],
            [(rule["rule"], rule["n"]) for rule in source["rules"]])


def check_whole(log, runs):
    """The same of each form; the counts of the rules are those of the engine, first rule first."""
    first = log.engine(50, "best", "first")
    first.go()
    entries, unmatched = totals(first)
    wanted = [log.size, entries, entries - unmatched, unmatched]
    counts = [int(word) for word in first.out().split("entries")[0].split()]
    for run in runs:
        sums, rules = taken(run)
        if sums != wanted or [n for _, n in rules] != counts:
            sys.exit("%s: %s, not %s" % (run.name, sums, wanted))


def whole(log):
    """The whole command: on a plain log beside the digest, on packed ones beside the decoders."""
    helper = os.path.join(log.bench.helpers, "decode_bare")
    gz, zst = log.packed(["gzip", "-6"], ".gz"), log.packed(["zstd", "-q", "-3"], ".zst")
    plain = log.whole("cfaudit -j2, SHA-256", 2, log.path)
    ours = {"": plain, ".gz": log.whole("cfaudit -j2, .gz", 2, gz),
            ".zst": log.whole("cfaudit -j2, .zst", 2, zst)}
    digest = Contender("openssl dgst -sha256", ["openssl", "dgst", "-sha256", log.path], log.size)
    bare = {".gz": Contender("bare ISA-L", [helper, "isal", gz], log.size),
            ".zst": Contender("bare libzstd", [helper, "zstd", zst], log.size)}
    others = [log.whole("cfaudit -j1, SHA-256", 1, log.path),
              Contender("bare zlib", [helper, "zlib", gz], log.size)]
    if shutil.which("rg"):
        others += [log.ripgrep(50, gz, "-z"), log.ripgrep(50, zst, "-z")]
    turns = [plain, digest, ours[".gz"], bare[".gz"], ours[".zst"], bare[".zst"]]
    take_turns(turns + others, log.bench.rounds)
    check_whole(log, [*ours.values(), others[0]])
    for one in (*bare.values(), others[1]):
        if int(one.out()) != log.size:
            sys.exit("%s decodes %s bytes, not %d" % (one.name, one.out(), log.size))
    table("The whole command with 50 rules; .gz has %.2f of the bytes, .zst %.2f" %
          (os.path.getsize(gz) / log.size, os.path.getsize(zst) / log.size), turns + others, plain)
    print("  with the digest on two threads %.2f of the bare rate of SHA-256" %
          (plain.rate() / digest.rate()))
    for ending, one in bare.items():
        print("  %s: %.2f of the rate of the bare decompressor (%s)" %
              (ending, ours[ending].rate() / one.rate(), one.name))


def memory(log):
    """The log once and ten times through a pipe: counts of rules need no memory."""
    names = ("%.2f GB" % (log.size / 1e9), "%.2f GB" % (TIMES * log.size / 1e9))
    runs = [log.whole(name, 2, "-", feed=["cat", *[log.path] * times])
            for name, times in zip(names, (1, TIMES))]
    runs[1].input_bytes *= TIMES
    take_turns(runs, 1)
    table("Counts of 50 rules over a pipe", runs, runs[0])
    once, often = taken(runs[0]), taken(runs[1])
    if often != ([TIMES * n for n in once[0]], [(name, TIMES * n) for name, n in once[1]]):
        sys.exit("ten times the log gives other counts: %s, %s" % (once, often))
    print("  %.2f times the memory for ten times the log" %
          (runs[1].median("peak") / runs[0].median("peak")))


def run(bench):
    log = Log(bench)
    engine(log)
    whole(log)
    memory(log)
