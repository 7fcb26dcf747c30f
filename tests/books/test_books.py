"""Workbooks read by other means than ours: parts, types, formats, links, printing; scores against
exact fractions made from the cells of the checklist; formulas calculated anew by LibreOffice."""

import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from fractions import Fraction

from books import recalculate
from books.check_book import MAIN, Book, book_at, column_letters, split, troubles
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
BUILD = pathlib.Path(os.environ["BUILD"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
WORDS = {
    "en": {"sheet": "Checklist", "cover": "Cover", "scored": "scored", "open": "not checked",
           "practice": "good practice", "status": "Status", "points": "Points", "weight": "Weight",
           "letters": "Letter", "basis": "Basis", "lists": "Lists"},
    "it": {"sheet": "Lista di riscontro", "cover": "Copertina", "scored": "valutata",
           "open": "non verificata", "practice": "buona prassi", "status": "Stato",
           "points": "Punti", "weight": "Peso", "letters": "Lettera", "basis": "Base",
           "lists": "Elenchi"},
}
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NUMBERS = ("score", "low", "high", "coverage")
TOLERANCE = 1e-12


def run(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


def tallies(questions, words, practice, letter=None):
    """score, low, high, coverage as exact fractions; None where there is none."""
    scored = applicable = points = Fraction(0)
    for question in questions:
        if (question[words["basis"]] == words["practice"]) != practice:
            continue
        letters = question[words["letters"]].split(", ")
        if letter and letter not in letters:
            continue
        weight = Fraction(question[words["weight"]]).limit_denominator(10000)
        if letter:
            weight /= len(letters)
        if question[words["status"]] == words["scored"]:
            scored += weight
            points += weight * int(question[words["points"]])
        if question[words["status"]] in (words["scored"], words["open"]):
            applicable += weight
    if not applicable:
        return dict.fromkeys(NUMBERS)
    return {"score": points / (10 * scored) if scored else None,
            "low": points / (10 * applicable),
            "high": (points + 10 * (applicable - scored)) / (10 * applicable),
            "coverage": scored / applicable}


def compare_numbers(where, expected, cells):
    """cells: by the words of NUMBERS."""
    for name in NUMBERS:
        value = cells[name].value
        wanted = expected[name]
        if wanted is None and value not in (None, ""):
            yield "%s %s: %r instead of nothing" % (where, name, value)
        if wanted is not None and (not isinstance(value, float) or
                                   abs(value - float(wanted)) > TOLERANCE):
            yield "%s %s: %r instead of %r" % (where, name, value, float(wanted))


def letter_cells(book, words, kind, letter):
    """Cells of the row of a letter, from the cover."""
    sheet = book.sheets[words["cover"]]
    column = book.range_of("cf_%s_score" % kind)[2]
    row = book.range_of("cf_%s_score" % kind)[1] + "abc".index(letter) + 1
    return {name: sheet.cells[(row, column + i)] for i, name in enumerate(NUMBERS)}


def check_scores(book, lang):
    words = WORDS[lang]
    questions = book.sheets[words["sheet"]].table()
    for kind in ("conformity", "practice"):
        if ("cf_%s_score" % kind, None) not in book.names:
            if kind == "practice":
                continue
            yield "no %s on the cover" % kind
        expected = tallies(questions, words, kind == "practice")
        yield from compare_numbers(kind, expected, {
            name: book.named("cf_%s_%s" % (kind, name)) for name in NUMBERS})
        for letter in "abc":
            expected = tallies(questions, words, kind == "practice", letter)
            yield from compare_numbers("%s, letter %s" % (kind, letter), expected,
                                       letter_cells(book, words, kind, letter))


HERE = {"en": "level of the section", "it": "livello della sezione"}
# the question overruled, the one on weak evidence: title of the column and what stands in it
BESIDE = {
    "en": (("CF-COR-18", "Against the figure (as written)", "figure proposes 6, decided 4"),
           ("CF-COR-10", "Evidence strength (as written)", "1, too weak"),
           ("CF-COR-05", "Evidence strength (as written)", "4"),
           ("CF-COR-11", "Failed of sample", "4 of 5")),
    "it": (("CF-COR-18", "Diversamente dall'indicatore (alla stesura)", "l'indicatore propone 6, deciso 4"),
           ("CF-COR-10", "Forza dell'evidenza (alla stesura)", "1, troppo debole"),
           ("CF-COR-05", "Forza dell'evidenza (alla stesura)", "4"),
           ("CF-COR-11", "Negativi su campione", "4 su 5")),
}


def check_judgement(book, lang):
    """Every section has one level, below it everything is there, the next one lacks something."""
    sheet = book.sheets[book.range_of("cf_maturity")[0]]
    rows = [[getattr(sheet.cells.get((row, column)), "value", None) for column in range(5)]
            for row in range(1, sheet.rows)]
    for section in {row[0] for row in rows}:
        levels = [row for row in rows if row[0] == section]
        here = [i for i, row in enumerate(levels) if row[2] == HERE[lang]]
        if [str(row[1])[:1] for row in levels] != ["1", "2", "3", "4", "5"] or len(here) != 1:
            yield "%s: levels %r" % (section, levels)
        elif any(row[4] for row in levels[:here[0] + 1]):
            yield "%s: something is missing up to its level" % section
        elif here[0] < 4 and not levels[here[0] + 1][4]:
            yield "%s: nothing is missing above its level" % section
    questions = {row["Id"]: row for row in
                 book.sheets[book.range_of("cf_checklist")[0]].table()}
    for question, title, text in BESIDE[lang]:
        if questions[question][title] != text:
            yield "%s: %s is %r" % (question, title, questions[question][title])


def check_hostile(book):
    """Every hostile text is there, as a text and in its cell."""
    sheet = book.sheets["Hostile"]
    texts = [cell.value for (row, column), cell in sorted(sheet.cells.items())
             if column == 0 and row > 0]
    wanted = {1: '=HYPERLINK("http://example.org","x")', 4: "@SUM(1)", 6: "=cmd|' /C calc'!A0",
              7: "http://example.org/a", 11: "_x0041_", 12: "_x000D_", 13: "ab",
              14: "bad \ufffd\ufffd bytes", 15: "<U+202E>turned", 16: " leading and trailing ",
              17: "line\nbreak", 22: "1e5", 23: "00123", 24: "2016-03-05", 27: "]]>"}
    for row, text in wanted.items():
        cell = sheet.cells[(row, 0)]
        if cell.kind != "s" or cell.value != text:
            yield "row %d: %r instead of %r" % (row + 1, cell, text)
    if len(texts) != 31:
        yield "%d texts" % len(texts)
    if not texts[-1].endswith(" [… cut]") or len(texts[-1]) > 32767:
        yield "the long text is not cut with a mark"
    if sheet.value("A1") != "=head":
        yield "heading %r" % sheet.value("A1")
    if len(sheet.links) < 20:
        yield "%d links" % len(sheet.links)


def check_small(book):
    """Real dates and numbers, by arithmetic of this language."""
    sheet = book.sheets["Cases"]
    expected = {"A2": ("s", 'T-1, "quoted"', "General"), "B2": ("n", 1234, "#,##0_w"),
                "C2": ("n", 1.5, '#,##0.00" h"_w'), "D2": ("n", 0.125, "0.0%_w"),
                "E2": ("n", 8, "0_w"), "F2": ("n", 42434, "local date"),
                "G2": ("n", 42434 + 12.5 / 24, "local instant"), "H2": ("s", "h", "General"),
                "A3": ("s", "=1+1", "@")}
    for ref, (kind, value, number_format) in expected.items():
        cell = sheet.cells[(int(ref[1:]) - 1, ord(ref[0]) - ord("A"))]
        same = cell.value == value if kind == "s" else abs(cell.value - value) < 1e-9
        if cell.kind != kind or not same or cell.number_format != number_format:
            yield "%s: %r, %r" % (ref, cell, cell.number_format)
    if sheet.rows != 4 or sheet.frozen != (1, 0) or sheet.filter != "A1:H4":
        yield "rows %r, frozen %r, filter %r" % (sheet.rows, sheet.frozen, sheet.filter)


def chart_cells(book, reference):
    """Cells of a range of one column, None for what is blank."""
    sheet, _, cells = reference.rpartition("!")
    first, _, last = cells.replace("$", "").partition(":")
    column = first.rstrip("0123456789")
    table = book.sheets[sheet.strip("'").replace("''", "'")]
    return [table.cells.get(split("%s%d" % (column, row)))
            for row in range(int(first[len(column):]), int((last or first)[len(column):]) + 1)]


def check_chart_series(book, chart, where):
    """What a chart shows is what stands in the cells; what has no line has marks."""
    for series in chart.iter(CHART + "ser"):
        name = series.findtext(CHART + "tx/" + CHART + "v")
        for part in ("cat", "val"):
            node = next(series.find(CHART + part).iter(CHART + "f"))
            cells = chart_cells(book, node.text)
            cached = {int(point.get("idx")): point.findtext(CHART + "v")
                      for point in series.find(CHART + part).iter(CHART + "pt")}
            for i, cell in enumerate(cells):
                shown = cached.get(i)
                value = cell.value if cell else None
                if cell and cell.formula:  # whoever shows the chart takes it from the cell
                    continue
                same = (value is None and not shown) or value == shown or (
                    shown and isinstance(value, float) and abs(float(shown) - value) < 1e-9)
                if not same:
                    yield "%s, %s: %r is shown as %r" % (where, name, value, shown)
        symbol = series.find(CHART + "marker/" + CHART + "symbol")
        if series.find(CHART + "spPr/" + DRAWING + "ln/" + DRAWING + "noFill") is not None and \
                (symbol is None or symbol.get("val") == "none"):
            yield "%s, %s: neither line nor marks" % (where, name)


def looks_of(chart):
    """Dash and marker of each series: what tells them apart without colours."""
    for series in chart.iter(CHART + "ser"):
        dash = series.find(CHART + "spPr/" + DRAWING + "ln/" + DRAWING + "prstDash")
        symbol = series.find(CHART + "marker/" + CHART + "symbol")
        yield (series.findtext(CHART + "tx/" + CHART + "v"),
               dash.get("val") if dash is not None else "solid",
               symbol.get("val") if symbol is not None else "none")


def check_all_looks(book):
    """Every look is drawn in its own way; blanks are gaps; pages begin where they must."""
    charts = {part: tree for part, tree in book.trees.items() if part.startswith("xl/charts/chart")}
    for part, chart in charts.items():
        yield from check_chart_series(book, chart, part)
        gaps = chart.find(".//" + CHART + "dispBlanksAs")
        if gaps is not None and gaps.get("val") != "gap":  # gaps are what is not said
            yield "%s: blanks are not gaps" % part
        hidden = len(chart.findall(".//" + CHART + "legendEntry"))
        names = [look[0] for look in looks_of(chart)]
        if hidden != len(names) - len(set(names)):
            yield "%s: %d hidden in the legend of %r" % (part, hidden, names)
    lines = [list(looks_of(chart)) for chart in charts.values()
             if chart.find(".//" + CHART + "lineChart") is not None]
    if len(charts) != 2 or len(lines) != 1 or len({look[1:] for look in lines[0]}) != len(lines[0]):
        yield "looks %r" % lines
    marks = [label for chart in charts.values() for label in chart.iter(CHART + "dLbl")
             if label.find(".//" + DRAWING + "t") is not None]
    if ["".join(node.text for node in mark.iter(DRAWING + "t")) for mark in marks] != \
            ["p50, p90"] * 2:
        yield "%d marks" % len(marks)
    breaks = [node.get("id") for name, tree in book.trees.items()
              if name.startswith("xl/worksheets/sheet") for node in tree.iter(MAIN + "brk")]
    if breaks != ["25", "50"]:
        yield "pages begin at %r" % breaks


def check_series(book, lang):
    """The sheet "series": charts with words for who cannot see them, links, pages."""
    name = {"en": "Series", "it": "Andamenti"}[lang]
    charts = {part: tree for part, tree in book.trees.items() if part.startswith("xl/charts/chart")}
    drawings = [tree for part, tree in book.trees.items()
                if part.startswith("xl/drawings/drawing") and part.endswith(".xml")]
    told = [node.get("descr") for tree in drawings for node in tree.iter()
            if node.tag.endswith("}cNvPr") and node.get("descr")]
    lines = [tree for tree in charts.values() if tree.find(".//" + CHART + "lineChart") is not None]
    if len(lines) != 2 or len(told) != len(charts):
        yield "%d charts, %d of them told in words" % (len(charts), len(told))
    if any(len(text) < 60 for text in told) or \
            sum(bool(re.search("p50|limit", text)) for text in told) != 4:
        yield "a chart is told as %r" % told
    for part, chart in charts.items():
        yield from check_chart_series(book, chart, part)
        if chart.find(".//" + CHART + "barDir[@val='bar']") is not None:
            continue  # parts of a bar differ in their filling
        looks = set()
        for series, dash, symbol in looks_of(chart):
            looks.add((series, dash, symbol))
        if len({look[1:] for look in looks}) != len(looks):
            yield "%s: series that only colours tell apart: %r" % (part, looks)
    if not any(chart.find(".//" + CHART + "dLbl") is not None for chart in charts.values()):
        yield "no percentile is marked"
    if not book.sheets[name].has_chart:
        yield "no chart on %s" % name
    if not any(location.startswith("'%s'!" % name) or location.startswith(name + "!")
               for location in book.sheets[WORDS[lang]["cover"]].links.values()):
        yield "nothing on the cover leads to %s" % name


def check_report(book, lang):
    words = WORDS[lang]
    checklist = book.sheets[words["sheet"]]
    if [(kind, formula) for _, kind, formula in checklist.validations if kind != "date"] != [
            ("list", "cf_list_status"), ("list", "cf_list_points"), ("list", "cf_list_grade"),
            ("custom", "FALSE")]:
        yield "validations %r" % checklist.validations
    lists = [sheet for sheet in book.sheets.values() if sheet.state == "hidden"]
    if len(lists) != 1 or lists[0].name != words["lists"] or \
            [lists[0].value("B%d" % row) for row in range(1, 6)] != [0, 4, 6, 8, 10] or \
            lists[0].value("A1") != words["scored"]:
        yield "the hidden lists"
    for name in ("checklist", "metrics", "sla", "findings", "evidence", "sources", "trend_data",
                 "calculation", "data_quality", "log"):
        sheet, row, column, last_row, last_column = book.range_of("cf_" + name)
        cells = book.sheets[sheet].cells
        if (row, column) != (0, 0) or not cells.keys() >= {(last_row, 0), (0, last_column)}:
            yield "name cf_%s: %r" % (name, book.names["cf_" + name, None])
    if book.named("cf_as_of").number_format != "local instant":
        yield "the as-of cell is no instant"
    if not any(sheet.has_chart for sheet in book.sheets.values()):
        yield "no chart"
    charts = [tree for name, tree in book.trees.items() if name.startswith("xl/charts/chart")]
    for tree in charts:
        titles = tree.findall(".//" + CHART + "title")
        if len(titles) != (3 if tree.find(".//" + CHART + "lineChart") is not None or
                           tree.find(".//" + CHART + "barDir[@val='col']") is not None else 1):
            yield "a chart has %d titles" % len(titles)
    if book.sheets[words["cover"]].pages != (1, 0):
        yield "the cover is not as wide as a page"


# sheets by their names in a formula, and the links that lead from one to the other
WAYS = (("checklist", "metrics"), ("metrics", "checklist"), ("checklist", "findings"),
        ("findings", "checklist"), ("metrics", "evidence"), ("evidence", "metrics"),
        ("evidence", "checklist"), ("evidence", "sources"), ("findings", "metrics"),
        ("sections", "checklist"), ("checklist", "sections"))


def check_ways(book):
    """Question, figure, evidence and finding lead to each other, in both directions."""
    found = set()
    for sheet in book.sheets.values():
        for location in sheet.links.values():
            found.add((sheet.name, location.rpartition("!")[0].strip("'").replace("''", "'")))
    for start, end in WAYS:
        if (book.range_of("cf_" + start)[0], book.range_of("cf_" + end)[0]) not in found:
            yield "no link leads from %s to %s" % (start, end)


def check_folds(book):
    """What is folded away has a row above it that is not, and the sign that opens it there."""
    for name in ("metrics", "evidence", "trend_data"):
        sheet = book.sheets[book.range_of("cf_" + name)[0]]
        if not sheet.folded or 1 in sheet.folded or not sheet.opens_above:
            yield "%s: %d rows are folded away" % (name, len(sheet.folded))
        for row in sheet.folded:
            if row - 1 not in sheet.folded and row - 1 not in sheet.openers:
                yield "%s: nothing opens row %d" % (name, row + 1)


def check_properties(book, lang):
    core = {node.tag.rpartition("}")[2]: node.text for node in book.trees["docProps/core.xml"]}
    company = [node.text for node in book.trees["docProps/app.xml"].iter()
               if node.tag.endswith("}Company")]
    if core.get("title") is None or core.get("subject") != {
            "en": "ISO 9001, clause 5.1.2", "it": "ISO 9001, punto 5.1.2"}[lang] or \
            "audit" not in core.get("keywords", "") or company != ["Example & Sons S.p.A."] or \
            not core.get("created", "").startswith("2026-01-15T"):
        yield "properties %r, company %r" % (core, company)


def check_levels(book):
    """Counts and shares of every row of service levels, found by the name of the table."""
    sheet, *_, last_row, _ = book.range_of("cf_sla")
    cells = book.sheets[sheet].cells
    rows = 0
    for row in range(1, last_row + 1):
        n, met, breached, still_open, share = (cells[(row, column)].value for column in range(5, 10))
        if n != met + breached or still_open > breached:
            yield "row %d: %r, met %r, breached %r, open %r" % (row + 1, n, met, breached, still_open)
        if (share in (None, "")) != (n == 0) or (n and abs(share - met / n) > TOLERANCE):
            yield "row %d: share %r" % (row + 1, share)
        rows += 1
    if rows < 3:
        yield "%d rows" % rows


def unit_books(folder):
    """Workbooks that the unit programs make on request."""
    env = dict(os.environ, CFAUDIT_BOOKS=folder)
    for name in ("test_writer", "test_report"):
        subprocess.run([BUILD / "tests/unit" / name], env=env, check=True, capture_output=True)


def check_unit_books(tap, folder):
    unit_books(folder)
    for name in sorted(os.listdir(folder)):
        tap.check("%s is sound" % name, list(troubles(book_at(os.path.join(folder, name)))))
    tap.check("hostile texts arrive as texts",
              list(check_hostile(book_at(os.path.join(folder, "hostile.xlsx")))))
    tap.check("charts of all kinds",
              list(check_all_looks(book_at(os.path.join(folder, "charts.xlsx")))))
    tap.check("dates are dates and numbers are numbers",
              list(check_small(book_at(os.path.join(folder, "small.xlsx")))))
    tap.equal("all rows of a long sheet", 20001,
              book_at(os.path.join(folder, "long.xlsx")).sheets["Lunghissimo"].rows)
    for lang in WORDS:
        book = book_at(os.path.join(folder, "report-%s.xlsx" % lang))
        tap.check("report in %s has what it must" % lang, list(check_report(book, lang)))
        tap.check("charts in %s" % lang, list(check_series(book, lang)))
        tap.check("service levels in %s add up" % lang, list(check_levels(book)))
        tap.check("questions, figures, evidence and findings in %s lead to each other" % lang,
                  list(check_ways(book)))
        tap.check("details in %s are folded away" % lang, list(check_folds(book)))
        tap.check("the file in %s says what it is" % lang, list(check_properties(book, lang)))
        tap.check("scores in %s are those of the checklist" % lang, list(check_scores(book, lang)))


def doctored(folder):
    """A workbook with one fault each, to see that the checks see."""
    source = os.path.join(folder, "small.xlsx")
    part = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(source).read(part).decode()
    number = re.search(r'<c r="[A-Z]2" s="\d+"><v>\d+</v>', sheet).group(0)
    for name, after in (("formula", number.replace("<v>", "<f>WEBSERVICE(1)</f><v>")),
                        ("not a number", re.sub("<v>.*</v>", "<v>NaN</v>", number)),
                        ("error", re.sub("><v>.*</v>", ' t="e"><v>#REF!</v>', number))):
        target = os.path.join(folder, "doctored.xlsx")
        recalculate.changed(source, target, part, [(number, after)])
        yield name, len(list(troubles(Book(target))))
        os.unlink(target)


def check_example(tap, folder):
    paths = {}
    for lang in WORDS:
        paths[lang] = os.path.join(folder, "example-%s.xlsx" % lang)
        ended = run("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml", "--lang", lang,
                    "-o", paths[lang])
        tap.equal("the example runs in %s" % lang, 0, ended.returncode)
        book = book_at(paths[lang])
        tap.check("example in %s is sound" % lang, list(troubles(book)))
        tap.check("scores of the example in %s" % lang, list(check_scores(book, lang)))
        tap.check("levels and decisions of the example in %s" % lang,
                  list(check_judgement(book, lang)))
    again = os.path.join(folder, "again.xlsx")
    run("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml", "-o", again)
    with open(again, "rb") as one, open(paths["en"], "rb") as other:
        tap.check("same audit, same bytes", [] if one.read() == other.read() else ["they differ"])
    check_csv(tap, paths["en"])
    return paths


def check_csv(tap, path):
    """The table of the workbook and the CSV say the same."""
    ended = run("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml", "-f", "csv",
                "-o", os.path.join(os.path.dirname(path), "csv.xlsx"))
    rows = list(csv.DictReader(io.StringIO(ended.stdout.decode("utf-8"), newline="")))
    table = book_at(path).sheets["Checklist"].table()
    tap.equal("CSV: questions, states and points of the workbook",
              [(row["Id"], row["Status"], row["Points"]) for row in table],
              [(row["id"], row["status"], float(row["points"]) if row["points"] else None)
               for row in rows])


# Sheets of the documents around a score, and what stands in a cell of each.
DOCUMENTS = {
    "en": (("Plan", "Agenda"), ("NC", "Nonconformity report NC-2026-01"), ("CAPA", "CA-2025-04"),
           ("Trend", "same questions"), ("MR-input", "no data"), ("Glossary", "alta direzione")),
    "it": (("Piano", "Programma delle giornate"),
           ("Non conformità", "Rapporto di non conformità NC-2026-01"), ("Azioni", "CA-2025-04"),
           ("Confronto", "stesse domande"), ("Riesame", "nessun dato"),
           ("Glossario", "top management")),
}
TABLES = ("capa", "trend", "mr-input", "samples", "glossary")


def check_documents(tap, folder):
    """The plan, statements, actions, the earlier result; the days overdue follow the as-of."""
    paths = {}
    for lang, wanted in DOCUMENTS.items():
        paths[lang] = os.path.join(folder, "documents-%s.xlsx" % lang)
        ended = run("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml", "--actions",
                    EXAMPLE / "actions.xml", "--previous", EXAMPLE / "earlier.result.xml", "--lang",
                    lang, "-o", paths[lang])
        tap.equal("the example has actions in %s" % lang, 0, ended.returncode)
        book = book_at(paths[lang])
        tap.check("documents in %s are sound" % lang, list(troubles(book)))
        tap.check("documents in %s" % lang,
                  [sheet for sheet, text in wanted if sheet not in book.sheets or text not in
                   [cell.value for cell in book.sheets[sheet].cells.values()]])
        tap.check("tables of documents in %s have names" % lang,
                  [name for name in TABLES if ("cf_" + name.replace("-", "_"), None) not in book.names])
    return paths["en"]


def later(path, folder, days):
    """The same workbook, looked at from so many days later."""
    book = book_at(path)
    name, _, ref = book.names[("cf_as_of", None)].replace("$", "").partition("!")
    part = book.sheets[name.strip("'")].part
    before = re.search(r'<c r="%s" s="\d+"><v>([^<]*)</v></c>' % ref.split(":")[0],
                       book.parts[part].decode())
    after = before.group(0).replace(before.group(1), repr(float(before.group(1)) + days))
    target = os.path.join(folder, "later.xlsx")
    recalculate.changed(path, target, part, [(before.group(0), after)])
    return target


def overdue(book):
    """Days overdue by action, where there are any."""
    return {row["Id"]: row["Days overdue"] for row in book.sheets["CAPA"].table()
            if isinstance(row["Days overdue"], float)}


def check_measure(tap, folder):
    """Figures alone make a workbook, too; it needs a path."""
    path = os.path.join(folder, "measure.xlsx")
    arguments = ("measure", "M-03", "M-07", "--map", "generic-ticket", "--by", "priority",
                 TOP / "tests/data/tickets.csv")
    tap.equal("figures go into a workbook", 0, run(*arguments, "-o", path).returncode)
    book = book_at(path)
    tap.check("workbook of figures is sound", list(troubles(book)))
    tap.check("workbook of figures has its sheets",
              [name for name in ("Metrics", "Series", "Sources", "Trend-data", "Log") if name not in book.sheets])
    ended = run(*arguments, "-f", "xlsx")
    tap.equal("a workbook does not go to standard output", (2, b"", 1),
              (ended.returncode, ended.stdout, ended.stderr.count(b"[output-stdout]")))


def what_if(path, folder):
    """The same workbook after a person gave another mark and answered an open question."""
    book = book_at(path)
    sheet = book.sheets["Checklist"]
    titles = {title: column for column, title in sheet.heading().items()}
    rows = {sheet.cells[(row, 0)].value: row for row, column in sheet.cells if column == 0 and row}
    marked = next(key for key, row in rows.items()
                  if sheet.cells[(row, titles["Points"])].value == 8)
    opened = next(key for key, row in rows.items()
                  if sheet.cells[(row, titles["Status"])].value == "not checked")
    text = book.parts[sheet.part].decode()
    edits = []
    for key, column, new in ((marked, "Points", "<v>4</v>"), (opened, "Points", "<v>10</v>")):
        ref = "%s%d" % (column_letters(titles[column]), rows[key] + 1)
        before = re.search(r'<c r="%s" s="(\d+)"(?:/>|><v>[^<]*</v></c>)' % ref, text)
        edits.append((before.group(0), '<c r="%s" s="%s">%s</c>' % (ref, before.group(1), new)))
    ref = "%s%d" % (column_letters(titles["Status"]), rows[opened] + 1)
    # a large workbook has its texts in the cells, a small one shares them
    before = re.search(r'<c r="%s" s="(\d+)" t="(?:s"><v>\d+</v>|inlineStr"><is><t>[^<]*</t></is>)</c>'
                       % ref, text)
    edits.append((before.group(0), '<c r="%s" s="%s" t="inlineStr"><is><t>scored</t></is></c>' %
                  (ref, before.group(1))))
    target = os.path.join(folder, "what-if.xlsx")
    recalculate.changed(path, target, sheet.part, edits)
    return target


def check_formulas(tap, folder, paths, documents):
    if not recalculate.is_there():
        print("ok - formulas calculated anew # SKIP LibreOffice is not installed")
        return
    changed = what_if(paths["en"], folder)
    report = os.path.join(folder, "report-it.xlsx")
    english, italian, made_up, other, now, then = recalculate.recalculated(
        paths["en"], paths["it"], report, changed, documents, later(documents, folder, 80))
    tap.equal("days overdue, as written and as calculated anew", ({"CA-2025-04": 15},) * 2,
              (overdue(book_at(documents)), overdue(now)))
    tap.equal("eighty days later more is overdue", {"CA-2025-04": 95, "CA-2026-01": 5},
              overdue(then))
    for name, path, book in (("example in English", paths["en"], english),
                             ("example in Italian", paths["it"], italian),
                             ("report in Italian", report, made_up)):
        tap.check("formulas calculated anew: " + name,
                  list(recalculate.differences(book_at(path), book)))
    tap.check("formulas follow a change in the checklist", list(check_scores(other, "en")))
    tap.check("a change changes the score",
              [] if abs(other.named("cf_conformity_score").value -
                        english.named("cf_conformity_score").value) > 1e-6 else ["it did not"])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_unit_books(tap, folder)
        tap.equal("faults are seen", [("formula", 1), ("not a number", 1), ("error", 1)],
                  list(doctored(folder)))
        check_measure(tap, folder)
        paths = check_example(tap, folder)
        documents = check_documents(tap, folder)
        check_formulas(tap, folder, paths, documents)
    tap.finish()


if __name__ == "__main__":
    sys.exit(main())
