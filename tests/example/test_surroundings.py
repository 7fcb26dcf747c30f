"""Where and in which language the program runs leaves no trace: the same bytes in five zones, with
decimal points and decimal commas, from other folders and with other terminals."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
AGREEMENT = TOP / "tests/example/surroundings_agreement.xml"
# whole, half and quarter hours off, and a day ahead of the one before it
ZONES = ("UTC", "Europe/Rome", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati")
CALENDAR = ("--calendar", "it-office", "--patron", "12-07", "--sla", "agreement.xml", "--grid", "week",
            "--baseline", "2025-W05..2025-W20", "--as-of", "2026-01-15T00:00:00+01:00", "--seed", "s")
EXPORT = ("--map", "generic-ticket", "--zone", "Europe/Rome", "--by", "priority", "ticket-2025-1.csv")
MEASURES = ("M-03", "M-07", "M-10", "M-11", "M-12")


def environment(folder, zone, comma):
    """Everything a user may have set; the program may look at none of it."""
    env = {"PATH": os.environ["PATH"], "TZ": zone, "HOME": folder, "TMPDIR": folder,
           "LC_ALL": "C.UTF-8"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE",
                 "LD_LIBRARY_PATH"):
        if name in os.environ:
            env[name] = os.environ[name]
    if comma:
        env.update(LOCPATH=os.path.join(os.environ["BUILD"], "locale"), LC_ALL="de_DE.UTF-8",
                   LANGUAGE="de", COLUMNS="31", TERM="xterm-256color", POSIXLY_CORRECT="1")
    return env


def has_commas(folder):
    """The locale is there and does what it is for."""
    env = environment(folder, "UTC", comma=True)
    shown = subprocess.run(["locale", "decimal_point"], env=env, capture_output=True, check=False)
    return shown.stdout.strip() == b","


def lay_out(folder):
    """The shipped example with another agreement, and frozen limits of weeks."""
    for name in ("ticket-2025-1.csv", "ticket-2025-2.csv.gz", "answers.xml"):
        shutil.copy(EXAMPLE / name, folder)
    shutil.copy(AGREEMENT, os.path.join(folder, "agreement.xml"))
    text = (EXAMPLE / "audit.xml").read_text("utf-8")
    text = text.replace(' patron="06-24" sla="sla.xml"',
                        ' patron="12-07" sla="agreement.xml" grid="week"', 1)
    text = text.replace(' <source id=', ' <baseline measure="M-07" from="2025-W05" until="2025-W20" '
                        'reason="new shifts"/>\n <source id=', 1)
    with open(os.path.join(folder, "audit.xml"), "w", encoding="utf-8") as file:
        file.write(text)


COMMANDS = {
    "measure as JSON": ("measure", *MEASURES, *CALENDAR, *EXPORT, "--format", "json"),
    "measure as CSV": ("measure", *MEASURES, *CALENDAR, *EXPORT, "--format", "csv"),
    "measure as text": ("measure", *MEASURES, *CALENDAR, *EXPORT),
    "measure as workbook": ("measure", *MEASURES, *CALENDAR, *EXPORT, "-o", "figures.xlsx"),
    "a whole audit": ("run", "audit.xml", "-o", "audit.xlsx", "--format", "json"),
    "a whole audit in Italian": ("run", "audit.xml", "-o", "it.xlsx", "--lang", "it"),
    "a calendar": ("explain", "it-office"),
    "an agreement": ("explain", "agreement.xml"),
    "an error": ("measure", "M-07", *EXPORT, "--calendar", "it-offices"),
}


def outcome(folder, env):
    """What every command says and writes, as digests."""
    found = {}
    for name, arguments in COMMANDS.items():
        ended = subprocess.run([os.environ["CFAUDIT"], *arguments], cwd=folder, env=env,
                               capture_output=True, check=False)
        found[name] = (ended.returncode, digest(ended.stdout), digest(ended.stderr))
        if ended.returncode not in (0, 2, 3):
            raise SystemExit("# %s: status %d\n# %s" % (
                name, ended.returncode, ended.stderr.decode("utf-8", "replace")))
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.suffix == ".xlsx" or ".xlsx." in path.name or path.name.endswith(
                (".evidence.xml", ".result.xml")):
            found[path.name] = digest(path.read_bytes())
    return found


def digest(data):
    return hashlib.sha256(data).hexdigest()


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as top:
        commas = has_commas(top)
        if not commas:
            print("ok - decimal commas # SKIP the locale could not be made")
        wanted = None
        for zone, comma in [(ZONES[0], False)] + [(zone, commas) for zone in ZONES]:
            folder = os.path.join(top, zone.replace("/", "-") + str(comma))
            os.makedirs(folder, exist_ok=True)
            lay_out(folder)
            got = outcome(folder, environment(folder, zone, comma))
            wanted = wanted or got
            tap.check("%s, %s" % (zone, "decimal commas" if comma else "decimal points"),
                      ["%s differs" % name for name in wanted if got.get(name) != wanted[name]]
                      + ["%s is new" % name for name in got if name not in wanted])
        tap.equal("seven files beside what was printed", 7,
                  sum(isinstance(value, str) for value in wanted.values()))
        tap.equal("nothing failed but the error", [name for name, value in wanted.items()
                                                   if isinstance(value, tuple) and value[0] == 2],
                  ["an error"])
    tap.finish()


if __name__ == "__main__":
    main()
