"""Opens a workbook in LibreOffice, has every formula calculated anew, and reads the values back."""

import os
import shutil
import subprocess
import tempfile
import zipfile

from books.check_book import Book, column_letters

# 0: always calculate anew on loading, whoever wrote the file; and no first start, which would
# write its own empty macros over ours
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


# One process for many changes: the macro reads what to do and writes what it finds, a line each.
# Types of cells: 1 value, 3 formula; results of formulas: 1 value, 4 error.
MACRO = r"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Books"
 script:language="StarBasic">
Sub Follow(source As String, orders As String, found As String)
  On Error Goto Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  writer = createUnoService("com.sun.star.io.TextOutputStream")
  writer.setOutputStream(files.openFileWrite(ConvertToURL(found)))
  writer.setEncoding("UTF-8")
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  reader = createUnoService("com.sun.star.io.TextInputStream")
  reader.setInputStream(files.openFileRead(ConvertToURL(orders)))
  reader.setEncoding("UTF-8")
  Do While Not reader.isEOF()
    order = Split(reader.readLine(), Chr(9))
    If UBound(order) &gt;= 0 Then
      If order(0) = "calculate" Then
        book.calculateAll()
        writer.writeString("errors" &amp; Chr(9) &amp; ErrorCells(book) &amp; Chr(10))
      ElseIf order(0) &lt;&gt; "" Then
        cell = book.Sheets.getByName(order(1)).getCellByPosition(CLng(order(2)), CLng(order(3)))
        Select Case order(0)
        Case "number"
          cell.setValue(Val(order(4)))
        Case "text"
          cell.setString(order(4))
        Case "clear"
          cell.setString("")
          cell.setFormula("")
        Case "read"
          writer.writeString("cell" &amp; Chr(9) &amp; Content(cell) &amp; Chr(10))
        End Select
      End If
    End If
  Loop
  writer.closeOutput()
  book.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  writer.writeString("failed" &amp; Chr(9) &amp; Error() &amp; ", line " &amp; Erl() &amp; Chr(10))
  writer.closeOutput()
  StarDesktop.terminate()
End Sub

Function Content(cell) As String
  If cell.getError() &lt;&gt; 0 Then
    Content = "error" &amp; Chr(9) &amp; cell.getString()
  ElseIf cell.getType() = 1 Or (cell.getType() = 3 And cell.FormulaResultType2 = 1) Then
    Content = "number" &amp; Chr(9) &amp; Trim(Str(cell.getValue()))
  Else
    Content = "text" &amp; Chr(9) &amp; Join(Split(cell.getString(), Chr(10)), "\n")
  End If
End Function

Function ErrorCells(book) As Long
  Dim count As Long
  For i = 0 To book.Sheets.getCount() - 1
    bad = book.Sheets.getByIndex(i).queryFormulaCells(4)
    If Not IsNull(bad) Then count = count + bad.getCount()
  Next
  ErrorCells = count
End Function
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Books"/>
</library:library>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"
  xlink:type="simple" library:link="false"/>
</library:libraries>
"""


def is_there():
    return shutil.which("soffice") is not None


def recalculated(*paths):
    """A Book for each path, in order."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        subprocess.run([*office(folder), "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--outdir", out, *paths], check=True, capture_output=True, timeout=400)
        return [Book(os.path.join(out, os.path.basename(path))) for path in paths]


def office(folder):
    """The start of a command, with settings and macros of its own in the folder."""
    user = os.path.join(folder, "profile", "user")
    basic = os.path.join(user, "basic", "Standard")
    os.makedirs(basic)
    for path, text in ((os.path.join(user, "registrymodifications.xcu"), SETTINGS),
                       (os.path.join(user, "basic", "script.xlc"), LIBRARIES),
                       (os.path.join(basic, "script.xlb"), LIBRARY),
                       (os.path.join(basic, "Books.xba"), MACRO)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return ["soffice", "-env:UserInstallation=file://" + os.path.dirname(user), "--headless",
            "--norestore"]


class Follower:
    """Changes cells of an open workbook and reads others, all in one process.

    Orders are collected; values() has them done and gives what was read, in order: a number, a text,
    or None where the cell has an error.
    """

    def __init__(self, path):
        self.path = path
        self.orders = []

    def put(self, sheet, row, column, value):
        kind = "clear" if value in (None, "") else "text" if isinstance(value, str) else "number"
        self.orders.append("\t".join((kind, sheet, str(column), str(row), str(value))))

    def calculate(self):
        """Gives the number of groups of cells with an error."""
        self.orders.append("calculate")

    def read(self, sheet, row, column):
        self.orders.append("\t".join(("read", sheet, str(column), str(row))))

    def values(self):
        with tempfile.TemporaryDirectory() as folder:
            orders = os.path.join(folder, "orders")
            found = os.path.join(folder, "found")
            with open(orders, "w", encoding="utf-8", newline="\n") as file:
                file.write("\n".join(self.orders) + "\n")
            book = os.path.join(folder, "book.xlsx")  # nobody else has it open
            shutil.copyfile(self.path, book)
            subprocess.run([*office(folder), 'macro:///Standard.Books.Follow("%s","%s","%s")' %
                            (book, orders, found)],
                           check=True, capture_output=True, timeout=400)
            with open(found, encoding="utf-8", newline="\n") as file:
                return [value_of(line.rstrip("\n")) for line in file]


def value_of(line):
    kind, *rest = line.split("\t")
    if kind == "failed":
        raise ValueError(rest[0])
    if kind == "errors":
        return int(rest[0])
    return {"number": float, "text": lambda text: text.replace("\\n", "\n"),
            "error": lambda _: None}[rest[0]](rest[1])


def is_gnumeric_there():
    return shutil.which("ssconvert") is not None


def by_gnumeric(path, folder):
    target = os.path.join(folder, "gnumeric-" + os.path.basename(path))
    subprocess.run(["ssconvert", "--recalc", path, target], check=True, capture_output=True,
                   timeout=400)
    return Book(target)


def differences(before, after):
    """Between the values of all formulas in two Books of the same workbook."""
    for sheet in before.sheets.values():
        for (row, column), cell in sheet.cells.items():
            if not cell.formula:
                continue
            other = after.sheets[sheet.name].cells.get((row, column))
            value = other.value if other else None
            alike = (cell.value or "") == (value or "") if not isinstance(cell.value, float) else \
                isinstance(value, float) and abs(cell.value - value) <= 1e-9
            if not alike:
                yield "%s!%s%d: written %r, calculated %r" % (
                    sheet.name, column_letters(column), row + 1, cell.value, value)


def edited(source, target, part, pattern, other):
    """Copies a workbook with every match of the pattern in one part replaced by other(match)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = pattern.sub(other, data.decode()).encode()
            new.writestr(name, data)


def changed(source, target, part, edits):
    """Copies a workbook with texts of one part replaced; each must be there exactly once."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                for before, after in edits:
                    if data.count(before.encode()) != 1:
                        raise ValueError("%r stands %d times in %s" %
                                         (before, data.count(before.encode()), part))
                    data = data.replace(before.encode(), after.encode())
            new.writestr(name, data)
