"""Runs a program in a process group of its own, with a time limit."""

import os
import signal
import subprocess


class Ended:
    """How a program ended: status as a shell would give it (128 + signal), and its outputs."""

    def __init__(self, status, stdout, stderr, timed_out):
        self.status = status
        self.stdout = stdout
        self.stderr = stderr
        self.timed_out = timed_out

    def explain(self):
        if self.timed_out:
            return "ran into its time limit"
        if self.status > 128:
            return "ended by signal %d" % (self.status - 128)
        return "ended with status %d" % self.status


def run(command, env, folder, limit):
    """The group is killed at the time limit, so that no grandchild survives."""
    child = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             start_new_session=True)
    timed_out = False
    try:
        out, err = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        timed_out = True
        os.killpg(child.pid, signal.SIGKILL)
        out, err = child.communicate()
    status = child.returncode if child.returncode >= 0 else 128 - child.returncode
    return Ended(status, out, err, timed_out)


def text(data):
    return data.decode("utf-8", "backslashreplace")


def tail(data, lines=40):
    """The end of an output, which is where the trouble stands."""
    every = text(data).splitlines()
    shown = every[-lines:]
    if len(every) > lines:
        shown.insert(0, "... %d lines before" % (len(every) - lines))
    return "\n".join("    " + line for line in shown)
