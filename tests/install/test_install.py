"""Installs into a scratch folder, runs from elsewhere, uninstalls, and finds the folder empty."""

import os
import subprocess
import sys
import tempfile

TOP = os.environ["TOP"]


def make(target, scratch):
    subprocess.run(["make", "-s", "-C", TOP, target, "DESTDIR=" + scratch, "PREFIX=/opt/cfaudit"],
                   check=True, stdout=subprocess.DEVNULL)


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, names in os.walk(folder) for name in names)


def check(name, trouble):
    print("%s - %s" % ("not ok" if trouble else "ok", name))
    if trouble:
        print("# %s" % trouble)
    return bool(trouble)


def main():
    failed = False
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as elsewhere:
        make("install", scratch)
        installed = files(scratch)
        failed |= check("the program, a manual page, a checklist and a map are there", [
            name for name in ("opt/cfaudit/bin/cfaudit", "opt/cfaudit/share/man/man1/cfaudit.1",
                              "opt/cfaudit/share/cfaudit/checklists/iso9001-5.1.2.xml",
                              "opt/cfaudit/share/cfaudit/schemas/sources/generic-ticket.xml")
            if name not in installed])
        program = os.path.join(scratch, "opt/cfaudit/bin/cfaudit")
        audit = os.path.join(scratch, "opt/cfaudit/share/cfaudit/checklists/examples/helpdesk/audit.xml")
        ended = subprocess.run([program, "run", audit, "-o", "book.xlsx"], cwd=elsewhere,
                               env={"PATH": "/nowhere"}, capture_output=True, check=False)
        failed |= check("runs the installed example from elsewhere",
                        "" if ended.returncode in (0, 3) and "book.xlsx" in os.listdir(elsewhere)
                        else "status %d: %s" % (ended.returncode, ended.stderr.decode()))
        make("uninstall", scratch)
        failed |= check("nothing is left", files(scratch))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
