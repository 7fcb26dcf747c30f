"""Reads an XLSX workbook with nothing but the standard library, and says what is wrong with it.

usage: check_book.py FILE...
"""

import functools
import os
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
VALUE = MAIN + "v"
FORMULA = MAIN + "f"
CELL = re.compile(r"^([A-Z]+)([0-9]+)$")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
DIGITS = "0123456789"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
# Our formulas: these functions and our own names, over cells of the workbook; nothing that reaches
# outside, runs anything, or changes without a change (TODAY, RAND, INDIRECT, OFFSET ...).
OUR_FUNCTIONS = {"AND", "CHOOSE", "COUNTIF", "COUNTIFS", "IF", "IFERROR", "INDEX", "INT", "ISNUMBER",
                 "LEFT", "LEN", "MATCH", "MAX", "MID", "MOD", "N", "NOT", "OR", "RIGHT", "ROUND",
                 "SEARCH", "SMALL", "SUM", "SUMIFS", "SUMPRODUCT", "TRIM"}
FORMULA_TEXT = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!')
FORMULA_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\(?")
FORMULA_CELL = re.compile(r"^[A-Z]{1,3}$|^[A-Z]{1,3}[0-9]{1,7}$")
FOREIGN_FORMULA = re.compile(r"\[|\||https?:|HYPERLINK|WEBSERVICE|INDIRECT|DDE|TODAY|NOW\(", re.I)
# built-in formats that follow the reader's system
LOCAL_FORMATS = {"14": "local date", "22": "local instant", "49": "@"}
DATE_FORMATS = ("local date", "local instant")
# what a link is written on names what it leads to
LINKED_ID = re.compile(r"^(EV|FND|CF)-[-A-Z0-9]+$")
LARGEST_DATE = 2958466
CELL_UNITS = 32767
LINKS = 65530
ROW_POINTS = 409
FORMULA_CHARACTERS = 8192
# between the margins of A4 landscape, 96 pixels to the inch; and how small a table may be printed
PAPER_INCHES = 11.69
PAPER_HIGH = 8.27
POINTS = 72
DEFAULT_POINTS = 15
INCH_PIXELS = 96
DIGIT_PIXELS = 7
PRINT_LEAST = 0.72
PAGES_MOST = 2


@functools.lru_cache(None)
def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number):
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def split(ref):
    match = CELL.match(ref.replace("$", ""))
    return int(match.group(2)) - 1, column_number(match.group(1))


def unescape(text):
    return ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


def string_of(element):
    """Text of a shared or inline string, runs joined."""
    text = "".join([part.text or "" for part in element.iter(MAIN + "t")])
    return unescape(text) if "_x" in text else text


class Cell:
    """kind: s string, n number, b boolean, e error, - blank. value: str, float or None."""

    __slots__ = ("kind", "value", "formula", "number_format")

    def __init__(self, kind, value, formula, number_format):
        self.kind = kind
        self.value = value
        self.formula = formula
        self.number_format = number_format

    def __repr__(self):
        return "%s %r%s" % (self.kind, self.value, " =" + self.formula if self.formula else "")


class Sheet:
    def __init__(self, name, state, number):
        self.name = name
        self.state = state
        self.cells = {}       # (row, column) -> Cell
        self.rows = 0         # row elements
        self.texts = {}       # row -> texts in it
        self.folded = set()   # rows that are folded away
        self.openers = set()  # rows with the sign that opens what is folded away
        self.opens_above = False
        self.heights = {}
        self.widths = {}
        self.links = {}       # (row, column) -> location
        self.outside_links = 0
        self.number = number
        self.validations = []  # (range, type, formula)
        self.rules = []       # ranges of conditional formats
        self.merges = []
        self.frozen = None    # (rows, columns)
        self.filter = None
        self.landscape = False
        self.paper = None
        self.pages = None     # (wide, high)
        self.margins = 0      # left and right of a printed page, inches
        self.ends = 0         # the same above and below
        self.breaks = []      # rows that a printed page begins with
        self.unseen = set()   # columns that are hidden
        self.has_chart = False
        self.part = None      # name of the part in the package

    def value(self, ref):
        cell = self.cells.get(split(ref))
        return cell.value if cell else None

    def heading(self):
        """Titles of row 1, by column."""
        return {column: cell.value for (row, column), cell in self.cells.items()
                if row == 0 and cell.kind == "s"}

    def table(self):
        """Rows below the heading as dictionaries by title."""
        titles = self.heading()
        last = max((row for row, _ in self.cells), default=0)
        return [{title: getattr(self.cells.get((row, column)), "value", None)
                 for column, title in titles.items()} for row in range(1, last + 1)]


class Book:
    """Nothing changes one once it is read; see also book_at."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            self.troubles = [] if len(names) == len(set(names)) else ["a part stands there twice"]
            self.parts = {name: file.read(name) for name in names}
        self.trees = {name: xml.fromstring(data) for name, data in self.parts.items()
                      if name.endswith((".xml", ".rels", ".vml"))}
        self.formats = self.number_formats()
        self.strings = [string_of(item) for item in
                        self.trees.get("xl/sharedStrings.xml", xml.Element("none"))]
        self.names = {(node.get("name"), node.get("localSheetId")): node.text
                      for node in self.trees["xl/workbook.xml"].iter(MAIN + "definedName")}
        self.sheets = {}
        targets = {node.get("Id"): node.get("Target")
                   for node in self.trees["xl/_rels/workbook.xml.rels"]}
        for node in self.trees["xl/workbook.xml"].iter(MAIN + "sheet"):
            name = node.get("name")
            self.sheets[name] = self.sheet(name, node.get("state", "visible"),
                                           "xl/" + targets[node.get(REL + "id")])

    def number_formats(self):
        """Format code of each cell style."""
        styles = self.trees["xl/styles.xml"]
        codes = {node.get("numFmtId"): node.get("formatCode")
                 for node in styles.iter(MAIN + "numFmt")}
        codes.update(LOCAL_FORMATS)
        return [codes.get(node.get("numFmtId"), "General")
                for node in styles.find(MAIN + "cellXfs")]

    def sheet(self, name, state, part):
        tree = self.trees[part]
        sheet = Sheet(name, state, int(re.search(r"sheet(\d+)\.xml$", part).group(1)))
        sheet.part = part
        for row in tree.iter(MAIN + "row"):
            number = int(row.get("r")) - 1
            sheet.rows += 1
            if row.get("ht"):
                sheet.heights[number] = float(row.get("ht"))
            if row.get("outlineLevel") and row.get("hidden"):
                sheet.folded.add(number)
            if row.get("collapsed"):
                sheet.openers.add(number)
            texts = set()
            for node in row:
                ref = node.get("r")
                letters = ref.rstrip(DIGITS)
                if int(ref[len(letters):]) != number + 1:
                    self.troubles.append("%s!%s stands in row %d" % (name, ref, number + 1))
                cell = self.cell(node)
                sheet.cells[(number, column_number(letters))] = cell
                if isinstance(cell.value, str):
                    texts.add(cell.value)
            if texts:
                sheet.texts[number] = texts
        for node in tree.iter(MAIN + "col"):
            for column in range(int(node.get("min")) - 1, int(node.get("max"))):
                sheet.widths[column] = float(node.get("width"))
                if node.get("hidden"):
                    sheet.unseen.add(column)
        for node in tree.iter(MAIN + "hyperlink"):
            if node.get(REL + "id") or not node.get("location"):
                sheet.outside_links += 1
            else:
                sheet.links[split(node.get("ref"))] = node.get("location")
        for node in tree.iter(MAIN + "dataValidation"):
            sheet.validations.append((node.get("sqref"), node.get("type"),
                                      node.findtext(MAIN + "formula1")))
        sheet.rules = [node.get("sqref") for node in tree.iter(MAIN + "conditionalFormatting")]
        sheet.merges = [node.get("ref") for node in tree.iter(MAIN + "mergeCell")]
        for node in tree.iter(MAIN + "pane"):
            sheet.frozen = (int(node.get("ySplit", 0)), int(node.get("xSplit", 0)))
        for node in tree.iter(MAIN + "autoFilter"):
            sheet.filter = node.get("ref")
        for node in tree.iter(MAIN + "pageSetup"):
            sheet.landscape = node.get("orientation") == "landscape"
            sheet.paper = node.get("paperSize")
            sheet.pages = (int(node.get("fitToWidth", 1)), int(node.get("fitToHeight", 1)))
        for node in tree.iter(MAIN + "pageMargins"):
            sheet.margins = float(node.get("left")) + float(node.get("right"))
            sheet.ends = float(node.get("top")) + float(node.get("bottom"))
        sheet.breaks = [int(node.get("id")) for node in tree.iter(MAIN + "brk")]
        for node in tree.iter(MAIN + "outlinePr"):
            sheet.opens_above = node.get("summaryBelow") == "0"
        sheet.has_chart = tree.find(MAIN + "drawing") is not None
        return sheet

    def cell(self, node):
        kind = node.get("t", "n")
        formula = text = None
        for part in node:
            if part.tag == VALUE:
                text = part.text or ""
            elif part.tag == FORMULA:
                formula = part.text or ""
        number_format = self.formats[int(node.get("s", 0))]
        if kind == "s":
            return Cell("s", self.strings[int(text)], formula, number_format)
        if kind == "inlineStr":
            return Cell("s", string_of(node.find(MAIN + "is")), formula, number_format)
        if kind == "str":
            return Cell("s", unescape(text or ""), formula, number_format)
        if kind in ("b", "e"):
            return Cell(kind, text, formula, number_format)
        if text is None:
            return Cell("-", None, formula, number_format)
        return Cell("n", float(text), formula, number_format)

    def range_of(self, name):
        """(sheet, first row, first column, last row, last column) of one of our names."""
        sheet, _, cells = self.names[(name, None)].rpartition("!")
        first, _, last = cells.partition(":")
        return (sheet.strip("'").replace("''", "'"), *split(first), *split(last or first))

    def named(self, name):
        sheet, row, column, *_ = self.range_of(name)
        return self.sheets[sheet].cells[(row, column)]


@functools.lru_cache(None)
def read_once(path, *_):
    return Book(path)


def book_at(path):
    """The Book of a file, read again only if the file is another by now."""
    state = os.stat(path)
    return read_once(os.path.realpath(path), state.st_ino, state.st_size, state.st_mtime_ns)


def is_ours(formula):
    if len(formula) > FORMULA_CHARACTERS or FOREIGN_FORMULA.search(FORMULA_TEXT.sub("", formula)):
        return False
    for word in FORMULA_WORD.findall(FORMULA_TEXT.sub("", formula).replace("$", "")):
        known = word[:-1] in OUR_FUNCTIONS if word.endswith("(") else \
            word.startswith("cf_") or FORMULA_CELL.match(word) or word in ("TRUE", "FALSE")
        if not known:
            return False
    return True


def check_cell(cell):
    if cell.kind == "e":
        yield "error value %s" % cell.value
    if cell.kind == "s":
        if len(cell.value) > CELL_UNITS // 2 and \
                len(cell.value.encode("utf-16-le", "surrogatepass")) // 2 > CELL_UNITS:
            yield "too long"
        if not cell.formula and cell.value.startswith(FORMULA_STARTS) and cell.number_format != "@":
            yield "%r is not marked as text" % cell.value[:20]
        if UNSEEN.search(cell.value):
            yield "control character"
    if cell.kind == "n":
        if cell.value != cell.value or cell.value in (float("inf"), float("-inf")):
            yield "no number"
        if cell.number_format in DATE_FORMATS and not 61 <= cell.value < LARGEST_DATE:
            yield "no date"
    if cell.formula and not is_ours(cell.formula):
        yield "formula that is not ours: %s" % cell.formula[:80]


def check_links(book, sheet):
    if sheet.outside_links:
        yield "%s: %d links lead outside" % (sheet.name, sheet.outside_links)
    if len(sheet.links) > LINKS:
        yield "%s: more links than Excel takes" % sheet.name
    for (row, column), location in sheet.links.items():
        target, _, ref = location.rpartition("!")
        target = target.strip("'").replace("''", "'")
        where = "%s!%s%d" % (sheet.name, column_letters(column), row + 1)
        if target not in book.sheets or split(ref) not in book.sheets[target].cells:
            yield "%s: link to nothing: %s" % (where, location)
            continue
        text = sheet.cells[(row, column)].value
        if isinstance(text, str) and LINKED_ID.match(text) and \
                text not in book.sheets[target].texts.get(split(ref)[0], ()):
            yield "%s: the row of %s does not speak of %s" % (where, location, text)


def check_sheet(book, sheet):
    if not 1 <= len(sheet.name) <= 31 or re.search(r"[\[\]:*?/\\]", sheet.name):
        yield "sheet name %r" % sheet.name
    for (row, column), cell in sheet.cells.items():
        for trouble in check_cell(cell):
            yield "%s!%s%d: %s" % (sheet.name, column_letters(column), row + 1, trouble)
    yield from check_links(book, sheet)
    if sheet.state != "visible":
        return
    if not sheet.landscape or sheet.paper != "9" or sheet.pages is None:
        yield "%s: not set up for A4 landscape" % sheet.name
    if any(height > ROW_POINTS for height in sheet.heights.values()):
        yield "%s: a row is too high" % sheet.name
    if sheet.filter:
        last_row = max(row for row, _ in sheet.cells)
        last_column = max(column for _, column in sheet.cells)
        if sheet.filter != "A1:%s%d" % (column_letters(last_column), last_row + 1):
            yield "%s: filter over %s" % (sheet.name, sheet.filter)
        if not sheet.frozen or sheet.frozen[0] != 1:
            yield "%s: heading is not frozen" % sheet.name
        if len(sheet.heading()) != last_column + 1:
            yield "%s: a column has no title" % sheet.name
        yield from check_print(book, sheet)
    elif sheet.pages == (1, 0):
        yield from check_pages(sheet)


def printed_columns(book, sheet):
    """Columns that are printed, those of the print area where there is one."""
    area = book.names.get(("_xlnm.Print_Area", str(list(book.sheets).index(sheet.name))))
    last = split(area.rpartition("!")[2].partition(":")[2])[1] if area else max(sheet.widths)
    return [column for column in sheet.widths if column <= last and column not in sheet.unseen]


def check_print(book, sheet):
    """A table is printed so large that it can be read, without a puzzle of pages."""
    columns = printed_columns(book, sheet)
    wide = sheet.pages[0]
    room = INCH_PIXELS * (PAPER_INCHES - sheet.margins) * wide / PRINT_LEAST
    again = sum(sheet.widths[column] for column in range(sheet.frozen[1])) * DIGIT_PIXELS
    pixels = sum(int(sheet.widths[column] * DIGIT_PIXELS + 0.5) for column in columns)
    if wide > PAGES_MOST or pixels > room - again * (wide - 1):
        yield "%s: %d pixels printed on %d pages side by side" % (sheet.name, pixels, wide)


def check_pages(sheet):
    """Pages that rows begin are large enough to read, and the rows of each stand on one."""
    pixels = sum(int(width * DIGIT_PIXELS + 0.5) for width in sheet.widths.values())
    scale = INCH_PIXELS * (PAPER_INCHES - sheet.margins) / pixels
    if scale < PRINT_LEAST:
        yield "%s: printed at %.0f %%" % (sheet.name, 100 * scale)
    starts = [0] + sheet.breaks
    for start, end in zip(starts, sheet.breaks):
        points = sum(sheet.heights.get(row, DEFAULT_POINTS) for row in range(start, end))
        page = POINTS * (PAPER_HIGH - sheet.ends)
        if not 0.98 < points * scale / page <= 1:
            yield "%s: rows %d to %d take %.0f points of a page of %.0f" % (
                sheet.name, start + 1, end, points * scale, page)


def troubles(book):
    """Texts; none means that the workbook is as ours must be."""
    yield from book.troubles
    for name in book.parts:
        if "externalLink" in name or "vbaProject" in name or "embeddings" in name:
            yield "part %s" % name
    for name, tree in book.trees.items():
        if name.endswith(".rels"):
            for node in tree.iter(PACKAGE_REL + "Relationship"):
                if node.get("TargetMode") == "External":
                    yield "%s leads outside: %s" % (name, node.get("Target"))
    titles = [local for (name, local) in book.names if name == "_xlnm.Print_Titles"]
    tables = [sheet for sheet in book.sheets.values() if sheet.filter]
    if len(titles) != len(tables):
        yield "%d of %d tables repeat their heading in print" % (len(titles), len(tables))
    for sheet in book.sheets.values():
        yield from check_sheet(book, sheet)


def main():
    bad = False
    for path in sys.argv[1:]:
        for trouble in troubles(Book(path)):
            bad = True
            print("%s: %s" % (path, trouble))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
