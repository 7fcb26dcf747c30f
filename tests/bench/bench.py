#!/usr/bin/env python3
"""Prints our speed beside that of other tools, on seeded data. Asserts results, never times.

usage: bench.py --build DIR [--data DIR] [--scale F] [--rounds N] [--only log|sla|csv|memory|xes|json|xlsx|html|validate|score|workbook|detect]

Contenders take turns, several rounds; medians count. The slow ones get a tenth of the tickets,
which is in their favour where they sort; rates are per byte. Peak memory is what the kernel says.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import bench_json  # noqa: E402
import bench_log  # noqa: E402
import bench_memory  # noqa: E402
from contender import Contender, table, take_turns  # noqa: E402
from generate import scoring  # noqa: E402

TICKETS = 10_000_000
XES_CASES = 350_000
SHEET_ROWS = 100_000
MESSAGES = 1_000_000
DUCKDB = "@duckdb/node-api@1.5.6-r.1"


class Bench:
    def __init__(self, options):
        self.program = os.path.join(options.build, "cfaudit")
        self.helpers = os.path.join(options.build, "tests", "bench")
        self.folder = options.data
        self.scale = options.scale
        self.rounds = options.rounds
        os.makedirs(self.folder, exist_ok=True)
        Contender.helper = os.path.join(self.helpers, "peak")

    def scaled(self, number):
        return max(1000, int(number * self.scale))

    def generate(self, *arguments):
        """Path of a generated file; made once for the same arguments."""
        return self.generate_by("generate", ".xes" if arguments[0] == "xes" else ".csv", *arguments)

    def generate_by(self, helper, ending, *arguments):
        path = os.path.join(self.folder, "-".join(map(str, arguments)) + ending)
        if not os.path.exists(path):
            with open(path + ".part", "wb") as file:
                subprocess.run([os.path.join(self.helpers, helper), *map(str, arguments)],
                               stdout=file, check=True)
            os.rename(path + ".part", path)
        return path

    def log(self):
        bench_log.run(self)

    def ours(self, path, *arguments):
        command = [self.program, "measure", "M-03", "--format", "json", *arguments, path]
        return Contender("cfaudit, with SHA-256", command, os.path.getsize(path))

    def ours_tickets(self, path):
        return self.ours(path, "--map", "generic-ticket", "--zone", "UTC", "--by", "priority")

    def duckdb(self, path):
        """DuckDB from npm, in the bench folder; None, with a line that says why, without it."""
        folder = os.path.join(os.path.abspath(self.folder), "duckdb")
        modules = os.path.join(folder, "node_modules")
        if not shutil.which("node") or not shutil.which("npm"):
            print("DuckDB: skipped, there is no node or npm")
            return None
        if not os.path.isdir(os.path.join(modules, "@duckdb")):
            os.makedirs(folder, exist_ok=True)
            done = subprocess.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund",
                                   "--no-save", "--loglevel", "error", DUCKDB],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode != 0:
                last = (done.stderr.strip() or "?").splitlines()[-1]
                print("DuckDB: skipped, npm could not install %s: %s" % (DUCKDB, last))
                return None
        return Contender("DuckDB, one SQL statement", [
            "node", os.path.join(HERE, "peer_duckdb.js"), modules,
            os.path.join(HERE, "peer_duckdb.sql"), path], os.path.getsize(path))

    def detect(self):
        """All detectors over the texts of messages in one pass, beside one pass of PCRE2."""
        count = self.scaled(MESSAGES)
        path = self.generate_by("generate_messages", ".csv", count)
        size = os.path.getsize(path)
        helper = os.path.join(self.helpers, "detect_texts")
        contenders = [Contender(name, [helper, way, path], size) for name, way in (
            ("all detectors, with stems", "all"),
            ("all detectors, hits alone", "hits"),
            ("words folded, and nothing else", "fold"),
            ("PCRE2, phrases in one alternation", "pcre2"))]
        contenders.append(Contender("cfaudit detect, table to JSON", [
            self.program, "detect", "refusal", path, "--map", "generic-ticket", "-f", "json", "-o",
            os.path.join(self.folder, "hits.json")], size))
        take_turns(contenders, self.rounds)
        table("Detectors of texts: %d messages, %.2f GB" % (count, size / 1e9), contenders, contenders[0])
        ours, hits, words, matches = (contender.out().split() for contender in contenders[:4])
        assert ours == hits and ours[0] == words[0] == matches[0] == str(count)
        planted = subprocess.run([helper, "planted", path], stdout=subprocess.PIPE, text=True,
                                 check=False)
        if planted.returncode != 0:
            sys.exit("the detectors do not find what PCRE2 finds:\n" + planted.stdout)
        print("  all %s planted phrases are found where PCRE2 sees them" %
              planted.stdout.split()[-1])

    def without_digest(self, ours):
        """The same without SHA-256."""
        shim = os.path.join(os.path.abspath(self.folder), "no_digest.so")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O2", "-o", shim,
                        os.path.join(HERE, "no_digest.c")], check=True)
        return Contender("cfaudit, no digest taken", ours.command, ours.input_bytes,
                         env={"LD_PRELOAD": shim})

    def sla(self):
        """Every figure of a service level, in working time; ours with two threads, as DuckDB."""
        cases = self.scaled(TICKETS)
        path = self.generate("tickets", cases, 0)
        size = os.path.getsize(path)
        arguments = ["M-07", "-j", "2", "--map", "generic-ticket", "--zone", "UTC", "--by", "priority",
                     "--calendar", os.path.join(HERE, "office.xml"), "--target", "PT8H"]
        ours = self.ours(path, *arguments)
        digest = Contender("openssl dgst -sha256", ["openssl", "dgst", "-sha256", path], size)
        duckdb = self.duckdb(path)
        bare = self.without_digest(ours)
        contenders = [ours, bare, digest] + ([duckdb] if duckdb else [])
        take_turns(contenders, self.rounds)
        table("Service levels: %d tickets, %.2f GB; percentiles by priority, attainment by "
              "priority and month" % (cases, size / 1e9), contenders, ours)
        few = self.ours(self.generate("tickets", 1000, 0), *arguments)
        few.go()
        print("  %.1f bytes of memory a case" %
              ((ours.median("peak") - few.median("peak")) / cases))
        print("  %.2f of the rate of SHA-256 (one thread, the same file)" %
              (ours.rate() / digest.rate()))
        if not duckdb:
            return
        wanted = service_levels(json.loads(ours.out()))
        if sorted(duckdb.out().splitlines()) != wanted:
            sys.exit("DuckDB has other figures than ours:\n%s\n%s" %
                     (duckdb.out(), "\n".join(wanted)))
        if service_levels(json.loads(bare.out())) != wanted:
            sys.exit("without a digest the figures are others")
        print("  %.2f times the rate of DuckDB, %.2f without the digest; all %d rows of figures are "
              "the same" % (ours.rate() / duckdb.rate(), bare.rate() / duckdb.rate(), len(wanted)))

    def csv(self):
        path = self.generate("tickets", self.scaled(TICKETS), 0)
        part = self.generate("tickets", self.scaled(TICKETS // 10), 0)
        size, part_size = os.path.getsize(path), os.path.getsize(part)
        ours, ours_part = self.ours_tickets(path), self.ours_tickets(part)
        ours_part.name += ", a tenth"
        floor = [Contender("openssl dgst -sha256", ["openssl", "dgst", "-sha256", path], size),
                 Contender("sha256sum", ["sha256sum", path], size)]
        peers = [peer for peer in self.csv_peers(part, part_size) if shutil.which(peer.command[0])]
        take_turns([ours, ours_part] + floor + peers, self.rounds)
        table("Tickets: %d rows, %.2f GB; n and percentiles by priority" %
              (self.scaled(TICKETS), size / 1e9), [ours, ours_part] + floor + peers, ours)
        cases = self.scaled(TICKETS)
        small = self.ours_tickets(self.generate("tickets", 1000, 0))
        small.go()
        print("  %.0f bytes of memory a case" % ((ours.median("peak") - small.median("peak")) / cases))
        self.agree(percentiles(json.loads(ours_part.out())), peers)

    @staticmethod
    def agree(wanted, peers):
        """Miller's percentile takes the rank after ours where n * q is whole: there n must do."""
        for peer in peers:
            got = peer.out().split()
            exact = "miller" not in peer.name
            if (got if exact else [got[0::6], got[1::6]]) != (
                    wanted if exact else [wanted[0::6], wanted[1::6]]):
                sys.exit("%s has other figures than ours:\n%s\n%s" % (peer.name, got, wanted))
        print("  all tools agree on every n, sqlite3 and Python on every percentile")

    def csv_peers(self, path, size):
        with open(os.path.join(HERE, "peer.sql"), encoding="utf-8") as file:
            sql = file.read().replace("FILE", path)
        yield Contender("sqlite3 .import and SQL, a tenth", ["sqlite3", ":memory:"], size, sql)
        yield Contender("miller, a tenth", [
            "mlr", "--icsv", "--onidx", "--ofs", "space", "filter", '$resolved != ""', "then", "put",
            '$s = strptime($resolved, "%Y-%m-%d %H:%M:%S") - strptime($opened, "%Y-%m-%d %H:%M:%S")', "then", "stats1", "-a",
            "count,p50,p85,p90,p95", "-f", "s", "-g", "priority", "then", "sort", "-f", "priority",
            path], size)
        yield Contender("python3 csv, a tenth", [sys.executable, os.path.join(HERE, "peer_csv.py"),
                                                 path], size)

    def xes(self):
        """Events by the whole program, beside the parser of libxml2 that only counts elements."""
        path = self.generate("xes", self.scaled(XES_CASES), 1)
        size = os.path.getsize(path)
        ours = self.ours(path, "--map", "xes", "-j", "1")
        bare = self.without_digest(ours)
        sax = Contender("bare libxml2 SAX2 push", [os.path.join(self.helpers, "sax"), path], size)
        digest = Contender("openssl dgst -sha256", ["openssl", "dgst", "-sha256", path], size)
        take_turns([ours, bare, sax, digest], self.rounds)
        read = json.loads(ours.out())["accounting"][0]
        table("Event log: %d cases, %d events, %.2f GB" %
              (read["cases"], read["rows_read"], size / 1e9), [ours, bare, sax, digest], ours)
        # seven elements an event, two a trace, one around all
        elements = 7 * read["rows_used"] + 2 * read["cases"] + 1
        if sax.out() != "%d elements\n" % elements:
            sys.exit("libxml2 counts %s, not %d" % (sax.out().strip(), elements))
        print("  %.2f times the rate of libxml2, %.2f without the digest; as many elements" %
              (ours.rate() / sax.rate(), bare.rate() / sax.rate()))

    def json(self):
        bench_json.run(self)

    def memory(self):
        bench_memory.run(self)

    @staticmethod
    def percentiles(document):
        return percentiles(document)

    def xlsx(self):
        rows = str(self.scaled(SHEET_ROWS))
        ours_path = os.path.join(self.folder, "ours.xlsx")
        helper = os.path.join(self.helpers, "xlsx_book")
        ours = Contender("cfaudit writer", [helper, rows, ours_path])
        checked = Contender("cfaudit writer, read back", [helper, rows, ours_path, "check"])
        bare = Contender("bare libxlsxwriter, constant memory",
                         [os.path.join(self.helpers, "xlsx_bare"), rows,
                          os.path.join(self.folder, "bare.xlsx")])
        take_turns([ours, checked, bare], self.rounds)
        table("Sheet: %s rows of 8 columns" % rows, [ours, checked, bare], ours)
        print("  written %.2f, written and read back %.2f times the bare library" %
              (ours.median() / bare.median(), checked.median() / bare.median()))

    def workbook(self):
        """A whole workbook, read back, beside as many cells by the bare library."""
        reports = [self.report(self.scaled(number)) for number in (1000, 10000)]
        take_turns(reports, 1)
        cells = [cell_count(report.command[-1]) for report in reports]
        bare = [Contender("bare libxlsxwriter, as many cells",
                          [os.path.join(self.helpers, "xlsx_bare"), str(count // 8 - 1),
                           os.path.join(self.folder, "bare-%d.xlsx" % count)]) for count in cells]
        take_turns(bare, 1)
        for one, count in zip(bare, cells):
            if count - cell_count(one.command[-1]) not in range(8):
                sys.exit("%s has other cells than %d" % (one.command[-1], count))
        take_turns(reports + bare, self.rounds - 1)
        table("Workbook: questions, ten times as many rows of evidence; %d and %d cells" %
              tuple(cells), reports + bare, reports[1])
        print("  %.2f times the bare library's time for as many cells; %.0f MB of memory; "
              "%.1f times the cells take %.1f times the time" %
              (reports[1].median("cpu") / bare[1].median("cpu"), reports[1].median("peak") / 1e6,
               cells[1] / cells[0], reports[1].median("cpu") / reports[0].median("cpu")))

    def report(self, questions):
        """From a ledger with ten rows of evidence for each question; a list holds a thousand."""
        folder = os.path.join(self.folder, "audit-%d" % questions)
        scoring.write(scoring.Audit(1, questions, 20), folder)
        audit, answers, ledger, result = (os.path.join(folder, name) for name in (
            "audit.xml", "answers.xml", "ledger.xml", "result.xml"))
        program = self.program
        subprocess.run([program, "gather", audit, "-o", ledger, "-q", "--force"], check=True)
        with open(ledger, encoding="utf-8") as file:
            text = file.read()
        figure = re.search(r' <figure id="EV-001".*?\n </figure>\n', text, re.S).group(0)
        copies = []
        for i in range(max(1, questions // 100)):
            cases = "".join('   <case id="T-%06d" source="0" line="%d" offset="%d" value="%d"/>\n' %
                            (n, n + 2, 60 * n, 7200 + n) for n in range(1000 * i, 1000 * i + 1000))
            copies.append(re.sub(r"  <worst>\n.*?  </worst>\n", "  <worst>\n" + cases +
                                 "  </worst>\n", figure, count=1, flags=re.S)
                          .replace("EV-001", "EV-%d" % (1001 + i), 1))
        end = text.rindex(" </figure>\n") + len(" </figure>\n")
        with open(ledger, "w", encoding="utf-8") as file:
            file.write(text[:end] + "".join(copies) + text[end:])
        subprocess.run([program, "score", audit, "-e", ledger, "-a", answers, "-o", result, "-q",
                        "--allow-incomplete", "--force"], check=True)
        return Contender("cfaudit report, %d questions" % questions,
                         [program, "report", "-e", ledger, "-r", result, "-q", "--force", "-o",
                          os.path.join(folder, "book.xlsx")])

    def validate(self):
        """Every rule over a checklist, beside the schema alone; memory for a quarter of it."""
        paths = [self.large_checklist(self.scaled(number)) for number in (10000, 40000)]
        ours = [Contender("cfaudit validate, %d MB" % (os.path.getsize(path) // 1000000),
                          [self.program, "validate", path], os.path.getsize(path))
                for path in paths]
        peers = [Contender("xmllint, its schema alone",
                           ["xmllint", "--noout", "--schema",
                            os.path.join(HERE, "../../schemas/cfaudit.xsd"), paths[1]],
                           os.path.getsize(paths[1]))] if shutil.which("xmllint") else []
        take_turns(ours + peers, self.rounds)
        if "1 document: 1 valid; 0 errors, 0 warnings" not in ours[1].out():
            sys.exit("the checklist is not valid: " + ours[1].out())
        table("Checklists: %d and %d questions, every rule" %
              (self.scaled(10000), self.scaled(40000)), ours + peers, ours[1])
        print("  four times the questions take %.2f times the memory" %
              (ours[1].median("peak") / ours[0].median("peak")))
        for peer in peers:
            print("  %.2f times the processor's time of the schema alone" %
                  (ours[1].median("cpu") / peer.median("cpu")))

    def large_checklist(self, count):
        path = os.path.join(self.folder, "checklist-%d.xml" % count)
        if not os.path.exists(path):
            with open(path, "wb") as file:
                subprocess.run([sys.executable, os.path.join(HERE, "../generate/checklist.py"),
                                str(count)], stdout=file, check=True)
        return path

    def html(self):
        """The page for browsers: ten times the questions must be ten times the time, no more."""
        helper = os.path.join(self.helpers, "html_book")
        path = os.path.join(self.folder, "page.html")
        counts = [self.scaled(number) for number in (1000, 10000, 100000)]
        pages = [Contender("%d questions, each with a finding" % count,
                           [helper, str(count), path]) for count in counts]
        take_turns(pages, self.rounds)
        table("Page for browsers", pages, pages[1])
        print("  a question takes " + ", ".join(
            "%.1f" % (page.median("cpu") / count * 1e6) for page, count in zip(pages, counts)) +
              " microseconds")

    def drawn_audit(self, count):
        """Folder of an audit with so many questions and answers, and its evidence."""
        folder = os.path.join(os.path.abspath(self.folder), "score-%d" % count)
        evidence = os.path.join(folder, "e.xml")
        if not os.path.exists(evidence):
            subprocess.run([sys.executable, os.path.join(HERE, "../generate/scoring.py"), "7",
                            str(count), "60", folder], check=True)
            subprocess.run([self.program, "gather", os.path.join(folder, "audit.xml"), "-o",
                            evidence, "--quiet"], check=True)
        return folder

    def page(self, folder):
        """The page for browsers of the result that is in the folder."""
        return Contender("its page for browsers", [
            self.program, "report", "-e", os.path.join(folder, "e.xml"), "-r",
            os.path.join(folder, "result.xml"), "-q", "--force", "-o",
            os.path.join(folder, "page.html")])

    def score(self):
        """Scores and their pages: a tenth, all and ten times the questions; the peers with all."""
        counts = [self.scaled(number) for number in (1000, 10000, 100000)]
        folders = [self.drawn_audit(count) for count in counts]
        ours = [Contender("cfaudit score, %d questions" % count, [
            self.program, "score", os.path.join(folder, "audit.xml"), "-e",
            os.path.join(folder, "e.xml"), "-a", os.path.join(folder, "answers.xml"), "-o",
            os.path.join(folder, "result.xml"), "--force", "--quiet"], statuses=(0, 3))
                for count, folder in zip(counts, folders)]
        pages = [self.page(folder) for folder in folders]
        documents = [os.path.join(folders[1], name) for name in sorted(os.listdir(folders[1]))
                     if name.startswith("checklist")] + [os.path.join(folders[1], "answers.xml")]
        peers = [Contender("the middle one by ElementTree",
                           [sys.executable, os.path.join(HERE, "peer_score.py"), *documents])]
        if shutil.which("xmllint"):
            peers.append(Contender("xmllint, its schema alone",
                                   ["sh", "-c", "exec xmllint --noout --schema \"$@\" 2>/dev/null",
                                    "xmllint",
                                    os.path.join(HERE, "../../schemas/cfaudit.xsd"), *documents]))
        turns = [one for pair in zip(ours, pages) for one in pair] + peers
        take_turns(turns, self.rounds)
        for count, folder in zip(counts, folders):
            agree_on_questions(folder, count)
        value = re.search(r' value="(\d+)/(\d+)"', lines_with(
            os.path.join(folders[1], "result.xml"),
            r'<score index="conformity" model="cfaudit".* value="')[0])
        if "%.4f" % (int(value.group(1)) / int(value.group(2))) != peers[0].out().strip():
            sys.exit("the scores differ: %s and %s" % (value.group(0), peers[0].out()))
        table("Score and page; every question is in both", turns, ours[1])
        print("  a question takes " + ", ".join(
            "%.0f + %.0f" % (one.median("cpu") / count * 1e6, page.median("cpu") / count * 1e6)
            for one, page, count in zip(ours, pages, counts)) +
              " microseconds; %d of them %.2f seconds of processor" %
              (counts[1], ours[1].median("cpu") + pages[1].median("cpu")))


# Line by line and piece by piece: the peak of a child begins with what its parent holds.
def lines_with(path, pattern):
    """The lines of a file that have it."""
    wanted = re.compile(pattern)
    with open(path, encoding="utf-8") as file:
        return [line for line in file if wanted.search(line)]


def agree_on_questions(folder, count):
    """As many questions in the result and rows of the page as were drawn."""
    questions = len(lines_with(os.path.join(folder, "result.xml"), r"^ <question "))
    rows = len(lines_with(os.path.join(folder, "page.html"), r'<tr id="checklist:'))
    if (questions, rows) != (count, count):
        sys.exit("%s: %d questions in the result, %d in the page" % (folder, questions, rows))


def cell_count(path):
    """Cells in all sheets of a workbook."""
    count = 0
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            with book.open(name) as sheet:
                end = b""  # of the piece before
                while piece := sheet.read(1 << 20):
                    count += (end + piece).count(b"<c ")
                    end = piece[-2:]
    return count


def percentiles(document):
    """The words that every peer prints: priority, n, p50, p85, p90, p95."""
    figure = next(figure for figure in document["figures"]
                  if figure["measure"] == "M-03" and figure["variant"] == "reported")
    words = []
    for row in figure["breakdown"]:
        numbers = [row["n"]] + [row["quantiles"][name] for name in ("p50", "p85", "p90", "p95")]
        words += [row["key"]] + ["%d" % number for number in numbers]
    return words


def service_levels(document):
    """The rows that DuckDB prints. Cases still open count as missed here; there they are left out."""
    figures = {(figure["measure"], figure["variant"]): figure for figure in document["figures"]}
    rows = []
    for row in figures["M-03", "reported"]["breakdown"]:
        if row["by"] == "priority":
            values = ", ".join("%d" % row["quantiles"][name] for name in ("p50", "p85", "p90", "p95"))
            rows.append("%s||%d||[%s]" % (row["key"], row["n"], values))
    for row in figures["M-07", "computed"]["breakdown"]:
        if row["by"] == "priority":
            rows += ["%s|%s|%d|%d|" % (row["key"], month["key"], month["n"] - month["open"],
                                       month["k"])
                     for month in row["series"] if month["n"] > month["open"]]
    return sorted(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", default="build/bench")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["log", "sla", "csv", "memory", "xes", "json", "xlsx", "html", "validate", "score", "workbook", "detect"])
    options = parser.parse_args()
    bench = Bench(options)
    print("%d processors; medians of %d rounds" % (os.cpu_count(), options.rounds))
    for part in ("log", "sla", "csv", "memory", "xes", "json", "xlsx", "html", "validate", "score", "workbook", "detect"):
        if options.only in (None, part):
            getattr(bench, part)()


if __name__ == "__main__":
    main()
