"""A signal at any moment: the program ends by that very signal and leaves no file behind."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

HEADER = b"id,opened,resolved,status\n"
ROW = b"N-%07d,2025-03-03T09:00:00Z,2025-03-03T11:%02d:00Z,Closed\n"
MEASURE = ["measure", "M-03", "--map", "generic-ticket", "--format", "json", "-o", "out.json"]


def start(arguments, folder, stdin=subprocess.DEVNULL):
    env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
    return subprocess.Popen([os.environ["CFAUDIT"], *arguments], cwd=folder, env=env, stdin=stdin,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def end(child, number):
    """Troubles with how the program ended after it was sent that signal."""
    try:
        out, err = child.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return ["did not end"]
    if child.returncode != -number:
        return ["ended with %d instead of signal %d: %s" % (child.returncode, number, err.decode())]
    return []


def while_waiting_for_input(number):
    """The program stands in read(2) on a pipe that stays open."""
    with tempfile.TemporaryDirectory() as folder:
        child = start(MEASURE + ["-"], folder, subprocess.PIPE)
        child.stdin.write(HEADER + b"".join(ROW % (i, i % 60) for i in range(1000)))
        child.stdin.flush()
        time.sleep(0.3)
        os.kill(child.pid, number)
        stdin, child.stdin = child.stdin, None  # stays open until the program has ended
        troubles = end(child, number)
        stdin.close()
        return troubles + ["left " + name for name in os.listdir(folder)]


def at_many_moments(number):
    """Over the whole length of a run that writes three files."""
    rng = random.Random(5)
    audit = os.path.join(os.environ["TOP"], "checklists", "examples", "helpdesk", "audit.xml")
    arguments = ["run", audit, "-o", "book.xlsx"]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        start(arguments, folder).communicate()
    length = time.monotonic() - started
    troubles = []
    hit = 0
    for _ in range(8):
        with tempfile.TemporaryDirectory() as folder:
            child = start(arguments, folder)
            time.sleep(rng.uniform(0.002, length))
            child.send_signal(number)
            child.communicate(timeout=20)
            hit += child.returncode == -number
            left = set(os.listdir(folder)) - {"book.xlsx", "book.evidence.xml", "book.result.xml"}
            troubles += ["left %s" % name for name in sorted(left)]
            if child.returncode not in (0, 3, -number):
                troubles.append("ended with %d" % child.returncode)
    return troubles + ([] if hit else ["no signal arrived in time"])


def main():
    failed = False
    for name, test in (("while waiting for input", while_waiting_for_input),
                       ("at many moments of a run", at_many_moments)):
        for number in (signal.SIGINT, signal.SIGTERM):
            troubles = test(number)
            failed = failed or bool(troubles)
            print("%s - %s %s" % ("not ok" if troubles else "ok", number.name, name))
            for trouble in troubles[:5]:
                print("# " + trouble)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
