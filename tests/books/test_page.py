"""The page for browsers as a browser shows it: nothing refused, nothing run, nothing cut off or
wider than the screen, headings that stay, links that lead somewhere, colours that can be read."""

import os
import pathlib
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

from books import browser
from real.compare import Tap

EXAMPLE = pathlib.Path(os.environ["TOP"]) / "checklists/examples/helpdesk"
EVIL = ("</td></tr></table><script>window.taken = 1</script><img src=x onerror='window.taken = 2'>"
        "<svg onload='window.taken = 3'/><a href='javascript:window.taken = 4'>x</a>"
        "\"><style>*{display:none}</style>")
SIZES = {"a desk": (1400, 900), "a tablet": (800, 1100), "a telephone": (390, 800)}

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# texts of drawings that reach beyond them
CUT = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const box = svg.viewBox.baseVal, all = svg.getScreenCTM().inverse();
  return [...svg.querySelectorAll('text')].filter(text => {
    const r = text.getBoundingClientRect();
    const corner = (x, y) => new DOMPoint(x, y).matrixTransform(all);
    const a = corner(r.left, r.top), b = corner(r.right, r.bottom);
    return a.x < -1 || a.y < -1 || b.x > box.width + 1 || b.y > box.height + 1;
  }).map(text => text.textContent);
})"""
FLAT = """[...document.querySelectorAll('svg')].filter(svg => {
  const r = svg.getBoundingClientRect();
  return r.width < 200 || r.height < 100;
}).length"""
DEAD = """[...document.querySelectorAll('a')].filter(a => !a.getAttribute('href').startsWith('#') ||
  !document.getElementById(a.getAttribute('href').slice(1))).length"""
TWICE = """(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.length - new Set(ids).size; })()"""
# the heading of a table that was scrolled still stands at its top
STICKY = """(() => { const box = document.querySelector('#evidence .scroll');
  box.scrollTop = 5000;
  const head = box.querySelector('thead th').getBoundingClientRect();
  return box.scrollTop > 1000 &&
    Math.abs(head.top - box.getBoundingClientRect().top - box.clientTop) < 2; })()"""
# WCAG 2.2, 1.4.3: the lowest contrast of any text with what is behind it
CONTRAST = """(() => {
  const parse = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const seen = new Map();
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
    const ink = getComputedStyle(e).color, paper = behind(e).slice(0, 3);
    seen.set(ink + paper, [parse(ink), paper]); }
  let least = 21;
  for (const [ink, paper] of seen.values()) {
    const a = light(ink.slice(0, 3)), b = light(paper);
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)); }
  return least; })()"""


def run(*arguments):
    subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True, check=False)


def make_pages(folder):
    run("run", "-q", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml",
        "-o", folder / "book.xlsx", "-f", "html:%s" % (folder / "en.html"))
    documents = ("-e", folder / "book.evidence.xml", "-r", folder / "book.result.xml")
    run("report", *documents, "--lang", "it", "-o", folder / "it.html")
    answers = (EXAMPLE / "answers.xml").read_text(encoding="utf-8")
    (folder / "answers.xml").write_text(
        answers.replace("<finding>", "<finding>" + escape(EVIL)).replace(
            "<reason>", "<reason>" + escape(EVIL)), encoding="utf-8")
    run("run", "-q", EXAMPLE / "audit.xml", "--answers", folder / "answers.xml",
        "-o", folder / "evil.html")
    return [folder / name for name in ("en.html", "it.html", "evil.html")]


def look(page, view, tap):
    def hold(what, holds, trouble="it does not"):
        tap.check("%s: %s" % (page.name, what), [] if holds else [trouble])

    def fit(where):
        wide = view.evaluate(TOO_WIDE)
        hold("fits " + where, wide <= 0, "%d pixels too wide" % wide)

    view.size(*SIZES["a desk"])
    view.open(page)
    tap.check("%s: the browser has nothing to complain about" % page.name, view.complaints)
    hold("nothing of it runs", view.evaluate("typeof window.taken") == "undefined" and
         view.evaluate("document.querySelectorAll('script, img, body style').length") == 0)
    tap.equal("%s: the style sheet holds" % page.name, "rgb(227, 241, 231)", view.evaluate(
        "getComputedStyle(document.querySelector('td.good')).backgroundColor"))
    hold("links lead somewhere, ids are there once",
         view.evaluate(DEAD) == 0 and view.evaluate(TWICE) == 0)
    hold("drawings are there", view.evaluate(FLAT) == 0 and
         view.evaluate("document.querySelectorAll('svg').length") > 3)
    tap.check("%s: no text of a drawing is cut off" % page.name, view.evaluate(CUT))
    if page.name == "evil.html":
        return
    hold("the heading of a long table stays", view.evaluate(STICKY))
    for scheme in ("light", "dark"):
        view.size(*SIZES["a desk"], scheme=scheme)
        least = view.evaluate(CONTRAST)
        hold("every text can be read in %s colours" % scheme, least >= 4.5, "%.2f" % least)
    for place, size in SIZES.items():
        view.size(*size)
        fit(place)
    view.size(1047, 718, media="print")  # A4 landscape between its margins
    fit("the printed page")


def main():
    if not browser.program() and os.environ.get("CI") != "true":
        print("1..0 # SKIP there is no chromium")
        return 0
    tap = Tap()
    view = None
    with tempfile.TemporaryDirectory() as folder:
        try:
            view = browser.Browser()
            for page in make_pages(pathlib.Path(folder)):
                look(page, view, tap)
        finally:
            if view:
                view.close()
    tap.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
