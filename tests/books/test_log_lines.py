"""Lines of a log that a spreadsheet takes for formulas: texts in the workbook (sheet "log-rules"), in
CSV and in HTML."""

import os
import pathlib
import subprocess
import tempfile

from books.check_book import Book, troubles
from real.compare import Tap

SIGNS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "<img src=x>", "\t=1"]
AUDIT = """<audit xmlns="urn:cfaudit:1" id="lines" zone="UTC" as-of="2025-06-01T00:00:00Z">
 <title lang="en">Lines</title><organization>Nobody</organization>
 <checklist name="iso9001-5.1.2"/>
 <source id="calls" map="asterisk-queue-log"><file>=queue_log</file></source>
</audit>
"""


def run(folder, *arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *arguments], cwd=folder, capture_output=True,
                           check=False)
    if ended.returncode not in (0, 3):
        raise SystemExit("# %s: %s" % (arguments, ended.stderr.decode()))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        call = "1741593600|1741593600.17|%s|NONE|ENTERQUEUE||039|1"
        lines = [call % sign.strip() for sign in ("=1+1", "@SUM(1)")] + SIGNS
        (folder / "=queue_log").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "audit.xml").write_text(AUDIT, "utf-8")
        run(folder, "run", "audit.xml", "-q", "--with-text", "-o", "b.xlsx", "-f", "csv:tables/",
            "-f", "html:b.html")
        book = Book(folder / "b.xlsx")
        tap.check("the workbook is sound", list(troubles(book)))
        sheet = book.sheets["Log-rules"]
        held = {column: title for column, title in sheet.heading().items()}
        last = next(column for column, title in held.items() if title == "What it held")
        cells = [cell for (row, column), cell in sorted(sheet.cells.items())
                 if column == last and row > 0 and isinstance(cell.value, str)]
        unknown = [cell for cell in cells if not cell.value.startswith("time: ")]
        tap.equal("every line that no rule knows, as it was",
                  [sign.replace("\t", "<U+0009>") for sign in SIGNS],
                  [cell.value for cell in unknown])
        tap.equal("as text, and marked as such where it looks like a formula",
                  [("s", None, "@" if sign[0] in "=+-@" else "General") for sign in SIGNS],
                  [(c.kind, c.formula, "@" if c.number_format == "@" else "General")
                   for c in unknown])
        tap.equal("what a group held is text, too", [True, True],
                  [sign in cell.value for cell, sign in zip(cells, ("queue: =1+1", "queue: @SUM(1)"))])
        tap.equal("no cell of the sheet is a formula", [],
                  [cell for cell in sheet.cells.values() if cell.formula])
        names = {cell.value for (row, column), cell in sheet.cells.items() if column == 0 and row}
        tap.equal("nor is the name of the file", {"=queue_log"}, names)
        texts = "".join(path.read_text("utf-8") for path in folder.rglob("*.csv"))
        tap.equal("CSV: such cells begin with an apostrophe", [],
                  [sign for sign in SIGNS if sign[0] in "=+-@" and
                   ("," + sign in texts or '"' + sign in texts or "\n" + sign in texts)])
        tap.equal("CSV: and are there", [], [s for s in SIGNS[:4] if "'" + s not in texts])
        page = (folder / "b.html").read_text("utf-8")
        tap.equal("HTML: no tag of the log is one", (True, False),
                  ("&lt;img src=x&gt;" in page, "<img src=x" in page))
    tap.finish()


main()
