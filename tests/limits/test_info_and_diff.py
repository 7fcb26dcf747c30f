"""What is told of hostile files, and how documents of any size are compared: in time, with a status
that fits, and nothing that is not so."""

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile

LIMIT = 20  # seconds; under sanitizers everything is slower
PROGRAM = os.environ["CFAUDIT"]
NAMESPACE = 'xmlns="urn:cfaudit:1"'


def package(parts, mode=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", mode) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return out.getvalue()


def workbook(sheets, relations, sheet=b"<worksheet/>", book_prefix=""):
    listed = "".join('<sheet name="S%d" sheetId="%d" r:id="r%d"/>' % (i, i, i) for i in range(sheets))
    return package([
        ("xl/workbook.xml", '%s<workbook xmlns:r="urn:r"><sheets>%s</sheets></workbook>' %
         (book_prefix, listed)),
        ("xl/_rels/workbook.xml.rels", "<Relationships>%s</Relationships>" % "".join(
            '<Relationship Id="r%d" Target="%s"/>' % (i, target) for i, target in relations)),
        ("xl/worksheets/sheet1.xml", sheet)])


def log(inner):
    return ('<?xml version="1.0"?><log xes.version="1.0" xmlns="http://www.xes-standard.org/">%s'
            "</log>" % inner).encode()


def files():
    """(what it is, its bytes, statuses that fit, kind it must be told as, or None)"""
    header = b"number,opened\n"
    event = '<event><string key="k%d" value="x"/></event>'
    yield "one line of 32 MiB", b"x" * (32 << 20), (0, 2), "text"
    yield "a table with a line of 32 MiB", header + b"1," + b"y" * (32 << 20), (0, 2), None
    yield "a quote that never closes", header + b'1,"' + b"a,b\n" * 500000, (0, 2), None
    yield "9,000 columns", b",".join(b"c%d" % i for i in range(9000)) + b"\n" + b"," * 8999 + b"\n", (0,), "table, delimited text"
    yield "20,000 columns", b",".join(b"c%d" % i for i in range(20000)) + b"\n", (0, 2), None
    yield "the same heading 1,000 times", b",".join([b"number"] * 1000) + b"\n" + b"1," * 999 + b"1\n", (0, 2), None
    yield "headings of nothing", b",,,\n,,,\n", (0, 2), None
    yield "headings of controls", b"number,\x1b[2J\x07,\xc2\x9b31m\n1,2,3\n", (0, 2), None
    yield "a million empty lines", header + b"\n" * 1000000, (0,), "table, delimited text"
    yield "zero bytes", b"\0" * (1 << 20), (0,), "bytes that are no text"
    yield "every byte there is", bytes(range(256)) * 4096, (0, 2), "bytes that are no text"
    yield "a bomb of zeros", gzip.compress(b"\0" * (80 << 20), 9), (0, 2), None
    yield "half of a UTF-16 character", b"\xff\xfen\0u", (0, 2), None
    yield "a mark and nothing", b"\xef\xbb\xbf", (0, 2), None
    yield "an attribute name of its own for each of 100,000 events", \
        log("<trace>%s</trace>" % "".join(event % i for i in range(100000))), (0,), "event log, XES"
    yield "a log cut in a tag", log("<trace>" + event % 1)[:-30], (2,), "event log, XES"
    yield "lists nested 10,000 deep", log("<trace>" + '<list key="a">' * 10000 + "</list>" * 10000 + "</trace>"), (2,), None
    yield "events outside of traces", log(event % 1 * 10 + "<trace/>"), (0, 2), "event log, XES"
    yield "a document nested 10,000 deep", ("<checklist %s>" % NAMESPACE + "<a>" * 10000).encode(), (2,), None
    yield "an entity in a document", \
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><checklist xmlns="urn:cfaudit:1">&b;</checklist>', (2,), None
    yield "only a tag begun", b"<", (0, 2), None
    yield "only a comment begun", b"<?xml version='1.0'?><!-- and", (0, 2), None
    yield "a package of one byte less", workbook(1, [(0, "worksheets/sheet1.xml")])[:-1], (2,), None
    yield "a workbook of 3,000 sheets that are one", workbook(3000, [(i, "worksheets/sheet1.xml") for i in range(3000)]), (0, 2), "workbook, XLSX"
    yield "a sheet that grows 1,000 times", workbook(1, [(0, "worksheets/sheet1.xml")], b"<worksheet>" + b"<row/>" * 14000000 + b"</worksheet>"), (0, 2), None
    yield "sheets that lead outside", workbook(2, [(0, "../../../../etc/passwd"), (1, "/etc/passwd")]), (0,), "workbook, XLSX"
    yield "a workbook with a document type", workbook(1, [], book_prefix='<!DOCTYPE a [<!ENTITY b "c">]>'), (2,), None
    yield "an archive within its name", package([("../../evil", b"x"), ("mimetype", b"\x1b[2J")]), (0, 2), None


def ran(arguments, folder, limit=LIMIT):
    try:
        return subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, timeout=limit,
                              check=False)
    except subprocess.TimeoutExpired:
        return None


def told_wrong(content, statuses, kind, folder):
    with open(os.path.join(folder, "in"), "wb") as file:
        file.write(content)
    ended = ran(["info", "--format", "json", "in"], folder)
    if ended is None:
        return "not done after %d seconds" % LIMIT
    if ended.returncode not in statuses:
        return "status %d: %s" % (ended.returncode, ended.stderr[:300])
    facts = json.loads(ended.stdout)["files"][0]
    if kind and facts.get("kind") != kind:
        return "told as %r, not %r" % (facts.get("kind"), kind)
    text = ran(["info", "in"], folder)
    if text is None or any(byte < 32 and byte != 10 for byte in text.stdout):
        return "control characters reach the terminal"
    return ""


# --- documents ---

def checklist(count, text="Is it so?", first=0):
    questions = "".join(
        '<question id="Q-%06d" section="S" letters="a" basis="requirement" mode="human" weight="1">'
        '<clause>5.1.2</clause><text lang="en">%s</text><text lang="it">%s</text>'
        '<expected-evidence lang="en">E</expected-evidence><expected-evidence lang="it">E</expected-evidence>'
        "</question>" % (i, text, text) for i in range(first, first + count))
    return ('<?xml version="1.0"?><checklist %s id="big" revision="1"><title lang="en">T</title>'
            '<title lang="it">T</title><section id="S"><title lang="en">S</title><title lang="it">S</title>'
            "</section>%s</checklist>" % (NAMESPACE, questions))


def counts_of(folder, old, new):
    for name, text in (("old.xml", old), ("new.xml", new)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    ended = ran(["diff", "--format", "json", "old.xml", "new.xml"], folder)
    if ended is None:
        return "not done after %d seconds" % LIMIT
    if ended.returncode != 0:
        return "status %d: %s" % (ended.returncode, ended.stderr[:300])
    counts = json.loads(ended.stdout)["counts"]
    return {name: n for name, n in counts.items() if n and name != "same"}


def compared(folder):
    """(what, what it gives, what it should)"""
    many = 20000
    yield "20,000 questions in reverse", counts_of(
        folder, checklist(many), reverse(checklist(many))), {}
    yield "20,000 questions with other words", counts_of(
        folder, checklist(many), checklist(many, "Is it not so?")), {"wording": 2 * many}
    yield "20,000 questions in place of 20,000 others", counts_of(
        folder, checklist(many), checklist(many, first=many)), {"added": many, "removed": many}
    yield "one question of 20,000 less", counts_of(
        folder, checklist(many), checklist(many - 1)), {"removed": 1}


def reverse(text):
    head, *questions = text.split("<question ")
    questions[-1], end = questions[-1].split("</checklist>")
    return head + "".join("<question " + q for q in reversed(questions)) + "</checklist>" + end


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for title, content, statuses, kind in files():
            trouble = told_wrong(content, statuses, kind, folder)
            print("%s - info: %s" % ("not ok" if trouble else "ok", title))
            if trouble:
                print("# " + trouble)
            failed |= bool(trouble)
        for title, found, wanted in compared(folder):
            print("%s - diff: %s" % ("ok" if found == wanted else "not ok", title))
            if found != wanted:
                print("# %s, not %s" % (found, wanted))
            failed |= found != wanted
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
