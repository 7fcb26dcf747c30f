"""Opens a workbook in LibreOffice, has every formula calculated anew, and reads the values back."""

import os
import shutil
import subprocess
import tempfile
import zipfile

from books.check_book import Book

# 0: always calculate anew on loading, whoever wrote the file
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def is_there():
    return shutil.which("soffice") is not None


def recalculated(*paths):
    """A Book for each path, in order."""
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile", "user")
        os.makedirs(profile)
        with open(os.path.join(profile, "registrymodifications.xcu"), "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        out = os.path.join(folder, "out")
        subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.dirname(profile),
                        "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out,
                        *paths], check=True, capture_output=True, timeout=180)
        return [Book(os.path.join(out, os.path.basename(path))) for path in paths]


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
