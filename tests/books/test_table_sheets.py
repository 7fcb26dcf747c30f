"""Sheets made of tables, and that of the four lists, of the shipped example of a service firm: each
cell, read back by other means than ours, is what the ledger says, in both languages; each entry of
a list is what was counted from the bytes by another program, and leads to its record."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from books.check_book import Book, split, troubles
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
sys.path[:0] = [str(TOP / "tests/generate")]

import rome

EXAMPLE = TOP / "checklists/examples/coffee-service"
COUNTED = json.loads(
    (TOP / "tests/generate/coffee_service.facts.json").read_text("utf-8"))["counted"]
NS = {"cf": "urn:cfaudit:1"}
RAW = re.compile(r'^RAW\("((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)$', re.M)
LANGUAGES = ("en", "it")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
DAY_ZERO = datetime.datetime(1899, 12, 30)
# titles of the columns behind those of a table
PLACES = {"en": ("Evidence", "Case", "Source", "Line", "Byte"),
          "it": ("Evidenza", "Caso", "Fonte", "Riga", "Byte")}
SHEET = {"en": "Four lists", "it": "Quattro elenchi"}


def words():
    """What the program says for a raw word, by language."""
    text = (TOP / "tools/report/raw.def").read_text("utf-8")
    return {raw: {"en": english, "it": italian} for raw, english, italian in RAW.findall(text)}


def cfaudit(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


def serial(text):
    """Days since the day zero of workbooks, on the clock of the audit."""
    at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    minutes = int(at.timestamp()) // 60
    local = rome.to_local(minutes) + datetime.timedelta(seconds=int(at.timestamp()) % 60)
    return (local - DAY_ZERO) / datetime.timedelta(days=1)


def in_language(node, name, lang):
    return next(child.text for child in node.findall("cf:" + name, NS)
                if child.get("lang") == lang)


class Table:
    """One table of the ledger."""

    def __init__(self, figure, node):
        self.figure = figure
        self.node = node
        self.columns = node.findall("cf:column", NS)
        self.rows = node.findall("cf:row", NS)

    def expected(self, cell, column, lang, raw):
        """The value that the workbook shows; None: a blank."""
        value = cell.get("value")
        said = [text.text for text in cell.findall("cf:said", NS) if text.get("lang") == lang]
        if said:
            return said[0]
        if value is None:
            return None
        kind = column.get("type")
        if kind == "text":
            return value
        if kind == "word":
            return raw[value][lang] if value in raw else "no word for %r" % value
        if kind == "instant":
            return serial(value)
        return float(value) / 3600 if kind == "duration" else float(value)


def tables_of(path):
    """In the order of the ledger, with the number that a second one of a name gets."""
    seen = {}
    for figure in xml.parse(path).getroot().findall("cf:figure", NS):
        for node in figure.findall("cf:table", NS) + figure.findall("cf:tables/cf:table", NS):
            table = Table(figure, node)
            if table.rows or node.findall("cf:about", NS):
                number = seen[node.get("id")] = seen.get(node.get("id"), 0) + 1
                yield table, " %d" % number if number > 1 else ""


def same(expected, cell):
    value = cell.value if cell else None
    if expected is None:
        return value is None
    if isinstance(expected, float):
        return isinstance(value, float) and abs(value - expected) <= 1e-9 * max(1, abs(expected))
    return value == expected


def table_troubles(book, table, number, lang, raw, sources):
    name = in_language(table.node, "sheet", lang) + number
    if name not in book.sheets:
        return ["no sheet %s" % name]
    sheet = book.sheets[name]
    titles = [in_language(column, "title", lang) for column in table.columns]
    heading = [sheet.cells[(0, i)].value for i in range(len(titles) + len(PLACES[lang]))]
    # a unit may stand behind the title
    wrong = ["%s: heading %r" % (name, shown) for shown, title in
             zip(heading, titles + list(PLACES[lang])) if not shown.startswith(title)]
    for i, row in enumerate(table.rows):
        expected = [table.expected(cell, column, lang, raw)
                    for cell, column in zip(row, table.columns)] + [table.figure.get("id")]
        if row.get("case") is not None:
            expected += [row.get("case"), sources[int(row.get("source"))],
                         float(row.get("line")) or None, float(row.get("offset"))]
        for column, value in enumerate(expected):
            if not same(value, sheet.cells.get((i + 1, column))):
                wrong.append("%s row %d column %d: %r instead of %r" % (
                    name, i + 2, column + 1, sheet.cells.get((i + 1, column)), value))
    notes = [in_language(about, "text", lang) for about in table.node.findall("cf:about", NS)]
    # of a table that goes over two pages in the first column that is printed once
    shown = [getattr(sheet.cells.get((len(table.rows) + 1 + i, int(sheet.pages[0] > 1))), "value",
                     None) for i in range(len(notes))]
    return wrong + (["%s: notes %r" % (name, shown)] if shown != notes else [])


def check_tables(tap, book, ledger, lang):
    raw = words()
    sources = [source.get("name") for source in
               xml.parse(ledger).getroot().findall("cf:source", NS)]
    wrong = []
    count = 0
    for table, number in tables_of(ledger):
        wrong += table_troubles(book, table, number, lang, raw, sources)
        count += 1
    tap.check("%d sheets say what the tables of the ledger do, %s" % (count, lang),
              wrong if count > 10 else wrong + ["only %d tables" % count])


# --- the four lists ---

def counted():
    """What another program has counted of the kinds: found, and of how many; None: not a share."""
    promises, complaints, kept = COUNTED["promises"], COUNTED["complaints"], COUNTED["registers"]

    def rest(share):
        return share["n"] - share["k"], share["n"]

    asked = COUNTED["perception"]["answered of invited"]
    customers = len(COUNTED["money"]["net value"])
    return {
        "promises-not-kept": rest(promises["kept"]),
        "invoices-above-estimate": (len(COUNTED["money"]["cost surprises"]),
                                    COUNTED["money"]["invoices"]),
        "complaints-answered-late": rest(complaints["answered in limit"]),
        "meetings-missed": rest(kept["meetings held"]),
        "actions-late": rest(kept["actions on time"]),
        "effects-not-verified": rest(kept["effect verified"]),
        "commitments-not-reviewed": rest(kept["orders reviewed first"]),
        "customers-not-told": rest(kept["customers informed"]),
        "agreements-too-tight": (1, 2),
        "problems-returned": (COUNTED["desk"]["causes of returns"]["same"]["k"],
                              COUNTED["desk"]["causes of returns"]["same"]["n"]),
        "classic-pyramids": (1, None),
        "complaints-without-cause": rest(complaints["cause found"]),
        "segments-silent": (1, 7),
        "requirements-not-kept-up": (len(kept["customers without current requirements"]),
                                     customers),
        "asked-without-answer": rest(asked),
    }


def entries():
    """Entries of the kinds that another program has named one by one."""
    done = COUNTED["interventions"]
    return {
        "invoices-above-estimate": sorted(COUNTED["money"]["cost surprises"]),
        "requirements-not-kept-up":
            sorted(COUNTED["registers"]["customers without current requirements"]),
        "agreements-too-tight": ["SLA-P2"],
        "classic-pyramids": ["Assistenza"],
        "segments-silent": ["associazioni"],
        "problems-returned": None,
    } | {"process-deviations": {
        # each case with a step left out, by the same person or in no document is in some row
        "cases": sorted({case for name in ("without test", "undocumented", "same person")
                         for case in done[name]})}}


def check_counts(tap, lists):
    for kind, (found, of) in counted().items():
        told = lists[kind]
        tap.equal("list: " + kind, (found, of, "found"),
                  (told["found"], told["of"], told["standing"]))
    for kind, names in entries().items():
        if isinstance(names, list):
            tap.equal("entries: " + kind, names,
                      sorted(entry["what"] for entry in lists[kind]["entries"]))
    known = {entry["what"] for entry in lists["customers-little-known"]["entries"]}
    tap.equal("silent customers are among those little is known of",
              [], [name for name in COUNTED["silent customers"] if name not in known])
    planted = entries()["process-deviations"]["cases"]
    cases = {entry["case"] for entry in lists["process-deviations"]["entries"]}
    tap.check("deviations stand on cases that have one",
              [] if cases & set(planted) else [str(sorted(cases))])
    tap.equal("nothing is found where nothing was looked at", [], [
        kind for kind, told in lists.items()
        if told["standing"] == "untold" and (told["found"] is not None or told["entries"])])
    same_no = lists["same-no"]
    tap.equal("the same NO was looked for", ("found" if same_no["found"] else "none",
                                             len(same_no["entries"])),
              (same_no["standing"], same_no["found"]))
    tap.equal("no plan of actions: no record tells", "untold", lists["open-actions"]["standing"])


def names_in(line, case):
    """Cases of registers have their kind behind them; those without an id are named by their place."""
    return case in line or case.rpartition(" ")[0] in line or re.match(r".*:\d+$", case)


def check_notes(tap, books):
    """What is counted, and what is said of it, is not the English of the ledger in Italian."""
    told = {lang: books[lang].sheets[books[lang].range_of("cf_metrics")[0]] for lang in LANGUAGES}
    same = set()
    for title in ("Population", "Note"):
        column = next(at for at, name in told["en"].heading().items() if name == title)
        same |= {cell.value for (row, at), cell in told["it"].cells.items()
                 if at == column and row and isinstance(cell.value, str) and " " in cell.value and
                 cell.value == told["en"].cells[(row, at)].value}
    tap.equal("populations and remarks are told in the language of the workbook", [], sorted(same))
    segments = {lang: {row["Segment" if lang == "en" else "Segmento"] for row in
                       books[lang].sheets[books[lang].range_of("cf_segments")[0]].table()}
                for lang in LANGUAGES}
    tap.equal("internal customers are called so in it", ({"interni (internal)"}, {"interni (clienti interni)"}),
              (segments["en"] - segments["it"], segments["it"] - segments["en"]))


def check_charts(tap, book):
    """Where a table leaves room on its page, its chart is printed with it."""
    wanted = ("Promises by department", "Process", "Parity", "Customers", "Segments", "Roles")
    apart = []
    for name in wanted:
        sheet = book.sheets[name]
        area = book.names["_xlnm.Print_Area", str(list(book.sheets).index(name))]
        last_row, last_column = split(area.rpartition(":")[2].replace("$", ""))
        drawing = next(tree for part, tree in book.trees.items()
                       if part == "xl/drawings/drawing%d.xml" % drawing_number(book, sheet))
        corners = [[int(node.find(DRAWING + which).text) for which in ("row", "col")]
                   for node in drawing.iter() if node.tag in (DRAWING + "from", DRAWING + "to")]
        # a chart as wide as the columns ends where the next one begins
        if any(row > last_row or column > last_column + 1 for row, column in corners) or \
                corners[0][0] < sheet.rows:
            apart.append("%s: %r beyond %s" % (name, corners, area))
    tap.check("charts below short tables are printed", apart)


def drawing_number(book, sheet):
    rels = book.trees["xl/worksheets/_rels/%s.rels" % sheet.part.rpartition("/")[2]]
    return next(int(re.search(r"drawing(\d+)", node.get("Target")).group(1)) for node in rels
                if "/drawing" in node.get("Target") and node.get("Target").endswith(".xml"))


def check_languages(tap, books):
    """A declared process says its steps in two languages, and so do the sheets."""
    titles = {lang: {row["Title" if lang == "en" else "Titolo"] for row in
                     books[lang].sheets[books[lang].range_of("cf_process_steps")[0]].table()}
              for lang in LANGUAGES}
    tap.check("steps of processes are named in the language of the workbook",
              [] if "Collaudare, da parte di un altro" in titles["it"] and
              "Test, by somebody else" in titles["en"] and
              not titles["it"] & titles["en"] - {None} else [str(titles)])


def check_places(tap, lists):
    """At the byte of an entry begins its record."""
    wrong = []
    count = 0
    for kind, told in lists.items():
        for entry in told["entries"]:
            if "case" not in entry:
                continue
            data = (EXAMPLE / entry["source"]).read_bytes()
            line = data[entry["offset"]:].split(b"\n", 1)[0].decode()
            before = data[:entry["offset"]]
            count += 1
            if entry["line"] and before.count(b"\n") + 1 != entry["line"]:
                wrong.append("%s %s: line %d" % (kind, entry["what"], entry["line"]))
            if (before and not before.endswith(b"\n")) or not names_in(line, entry["case"]):
                wrong.append("%s %s: %s" % (kind, entry["what"], line[:60]))
    tap.check("%d entries lead to the byte where their record begins" % count,
              wrong if count > 80 else wrong + ["only %d entries" % count])


def kind_rows(book):
    """Blocks of the sheet: rows of a kind one below the other."""
    sheet = book.sheets[book.range_of("cf_four_lists")[0]]
    rows = [[getattr(sheet.cells.get((row, column)), "value", None) for column in range(9)]
            for row in range(1, sheet.rows)]
    blocks = []
    for number, row in enumerate(rows):
        if not blocks or blocks[-1][0][1][:2] != row[:2]:
            blocks.append([])
        blocks[-1].append((number + 1, row))
    return sheet, blocks


def entry_troubles(sheet, book, number, row, entry):
    if row[2] != entry["what"]:
        yield "row %d: %r instead of %r" % (number + 1, row[2], entry["what"])
    place = [entry.get("case"), entry.get("source"), entry.get("line") or None,
             entry.get("offset")]
    if row[5:9] != place:
        yield "row %d: place %r instead of %r" % (number + 1, row[5:9], place)
    if (number, 2) not in sheet.links:
        yield "row %d leads nowhere" % (number + 1)
        return
    target, _, ref = sheet.links[(number, 2)].rpartition("!")
    target = book.sheets[target.strip("'").replace("''", "'")]
    said = target.texts.get(split(ref)[0], ())
    evidence = row[4] and any(row[4] in texts for texts in (said,))
    if not any(entry["what"] in text for text in said) and not evidence:
        yield "row %d: %s leads to %r" % (number + 1, entry["what"], sorted(said)[:4])


def check_sheet(tap, book, lists, lang):
    """The sheet has what the JSON has, in its order, with links."""
    sheet, blocks = kind_rows(book)
    tap.equal("name of the sheet", SHEET[lang], sheet.name)
    wrong = [] if len(blocks) == len(lists) else ["%d kinds, %d in JSON" % (len(blocks),
                                                                          len(lists))]
    for told, block in zip(lists.values(), blocks):
        head = block[0][1][2]
        if told["standing"] == "found" and not head.startswith(str(told["found"])):
            wrong.append("%s: %r" % (told["kind"], head))
        if told["standing"] != "found" and (head[0].isdigit() or len(block) > 1):
            wrong.append("%s: %r" % (told["kind"], block))
        if (block[0][1][4] or None) != told["figure"]:
            wrong.append("%s: evidence %r" % (told["kind"], block[0][1][4]))
        for entry, (number, row) in zip(told["entries"], block[1:]):
            wrong += entry_troubles(sheet, book, number, row, entry)
        more = told["entries"] and told["found"] > len(told["entries"])
        if len(block) != 1 + len(told["entries"]) + bool(more):
            wrong.append("%s: %d rows" % (told["kind"], len(block)))
    tap.check("the sheet says what the JSON says, %s" % lang, wrong)


def check_other_forms(tap, lists, texts):
    """The terminal names every kind with something found; so does Markdown."""
    found = sum(told["standing"] == "found" for told in lists.values())
    summary = re.sub(r"\s+", " ", texts["text"])
    part = summary[summary.index(" lists "):summary.index(" rows ")]
    tap.equal("the summary counts what was found", sorted(
        told["found"] for told in lists.values() if told["standing"] == "found"),
              sorted(map(int, re.findall(r" (\d+)(?=,| (?:Risks|Signals|Customers)|$)", part))))
    part = texts["markdown"].partition("## Four lists")[2].partition("\n---")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][2:]
    tap.equal("Markdown has a row of each list, and of each kind found", 4 + found, len(rows))


def check_lists(tap, lists, books, texts):
    check_counts(tap, lists)
    check_languages(tap, books)
    check_notes(tap, books)
    check_charts(tap, books["en"])
    check_places(tap, lists)
    for lang in LANGUAGES:
        check_sheet(tap, books[lang], lists, lang)
    check_other_forms(tap, lists, texts)


def main():
    tap = Tap()
    books = {}
    texts = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for lang in LANGUAGES:
            ended = cfaudit("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml",
                            "--lang", lang, "-o", folder / ("%s.xlsx" % lang),
                            "-f", "json:%s" % (folder / ("%s.json" % lang)),
                            "-f", "markdown:%s" % (folder / ("%s.md" % lang)))
            texts.setdefault("text", ended.stdout.decode())
            tap.equal("the example runs, %s" % lang, 0, ended.returncode)
            if ended.returncode:
                print("# " + ended.stderr.decode().replace("\n", "\n# "))
                continue
            books[lang] = Book(folder / ("%s.xlsx" % lang))
            tap.check("its workbook is sound, %s" % lang, list(troubles(books[lang])))
            check_tables(tap, books[lang], folder / ("%s.evidence.xml" % lang), lang)
        if len(books) == len(LANGUAGES):
            told = json.loads((folder / "en.json").read_text("utf-8"))["lists"]
            texts["markdown"] = (folder / "en.md").read_text("utf-8")
            check_lists(tap, {kind["kind"]: kind for kind in told}, books, texts)
    tap.finish()


if __name__ == "__main__":
    main()
