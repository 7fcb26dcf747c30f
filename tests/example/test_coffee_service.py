"""The shipped example of a service firm: its files are what the generator writes, and the figures
that an audit makes of them are those counted from the bytes by another program."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/coffee-service"
FACTS = json.loads((TOP / "tests/generate/coffee_service.facts.json").read_text("utf-8"))
COUNTED = FACTS["counted"]
NS = {"cf": "urn:cfaudit:1"}


def cfaudit(*arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                           check=False)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def check_generator(tap):
    ended = subprocess.run([sys.executable, TOP / "tests/generate/coffee_service.py", "--check"],
                           capture_output=True, check=False)
    tap.check("the files are what the generator writes",
              (ended.stdout + ended.stderr).decode().splitlines())
    size = sum(path.stat().st_size for path in EXAMPLE.iterdir())
    tap.check("they are small", [] if size < 1 << 20 else ["%d bytes" % size])


def figures_of(path):
    return {"%s %s" % (figure.get("measure"), figure.get("variant")): figure
            for figure in xml.parse(path).getroot().findall("cf:figure", NS)}


def share(figure):
    return {"n": int(figure.get("n")), "k": int(figure.get("k"))}


def shares():
    """Figures that are shares, and what was counted."""
    desk = COUNTED["desk"]
    returns = {"M-15 within-%s-days" % days: {"n": found["n"], "k": found["k"]}
               for days, found in desk["recurrence"].items()}
    return returns | {"M-11 within-14-days": desk["reopened"],
            "M-12 ping-pong": {"n": desk["tickets"] - desk["solved later"],
                               "k": len(desk["ping-pong"])},
            "M-15 same-cause": desk["causes of returns"]["same"],
            "M-18 for-authority": {"n": sum(desk["escalated"].values()),
                                   "k": desk["escalated"]["authority"]}}


def check_figures(tap, figures):
    for name, counted in shares().items():
        tap.equal(name, counted, share(figures[name]) if name in figures else "no such figure")


def check_run(tap, folder):
    status, out, err = cfaudit("run", EXAMPLE / "audit.xml", "-o", folder / "a.xlsx")
    tap.equal("without answers it is incomplete", 3, status)
    if status != 3:
        print("# " + err.replace("\n", "\n# "))
        return
    tap.check("and says so", [] if "incomplete" in out else [out])
    status, _, err = cfaudit("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml",
                             "-q", "-o", folder / "b.xlsx")
    tap.equal("with the auditors' answers it is complete", (0, ""), (status, err))
    check_figures(tap, figures_of(folder / "a.evidence.xml"))


def main():
    tap = Tap()
    check_generator(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_run(tap, pathlib.Path(folder))
    tap.finish()


if __name__ == "__main__":
    main()
