"""Programs that take turns on an input: seconds, processor, peak memory, and a table of them."""

import os
import statistics
import subprocess
import sys
import time


class Run:
    def __init__(self, seconds, cpu, peak, out):
        self.seconds = seconds
        self.cpu = cpu
        self.peak = peak  # bytes
        self.out = out


class Contender:
    """A program on an input; `input_bytes` gives its rate, `feed` a command whose output it reads."""

    helper = None  # runs a command and tells its peak memory

    def __init__(self, name, command, input_bytes=None, stdin=None, statuses=(0,), env=None,
                 feed=None):
        self.name = name
        self.command = command
        self.input_bytes = input_bytes
        self.stdin = stdin
        self.feed = feed
        self.statuses = statuses
        self.env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", **(env or {}))
        self.runs = []

    def go(self):
        start = time.monotonic()
        told, tell = os.pipe()
        command = [self.helper, str(tell), *self.command] if self.helper else self.command
        feeder = subprocess.Popen(self.feed, stdout=subprocess.PIPE) if self.feed else None
        child = subprocess.Popen(command, stdin=feeder.stdout if feeder else subprocess.PIPE,
                                 stdout=subprocess.PIPE, env=self.env, pass_fds=(tell,))
        os.close(tell)
        if self.stdin:
            child.stdin.write(self.stdin.encode())
        (feeder.stdout if feeder else child.stdin).close()
        out = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stdout.close()
        peak = os.read(told, 100)
        os.close(told)
        if feeder and feeder.wait() != 0:
            sys.exit("%s ended with status %d" % (" ".join(self.feed), feeder.returncode))
        if child.returncode not in self.statuses:
            sys.exit("%s ended with status %d" % (" ".join(self.command), child.returncode))
        self.runs.append(Run(seconds, usage.ru_utime + usage.ru_stime,
                             int(peak or usage.ru_maxrss) * 1024, out.decode()))

    def median(self, what="seconds"):
        return statistics.median(getattr(run, what) for run in self.runs)

    def rate(self):
        return self.input_bytes / self.median() if self.input_bytes else None

    def out(self):
        return self.runs[-1].out


def take_turns(contenders, rounds):
    for _ in range(rounds):
        for contender in contenders:
            contender.go()


def table(title, contenders, ours):
    print("\n%s" % title)
    print("  %-34s %9s %9s %9s %11s %s" % ("", "seconds", "cpu", "MB/s", "peak MiB", "ours is"))
    for contender in contenders:
        rate = contender.rate()
        if contender is ours:
            ratio = ""
        elif rate and ours.rate():
            ratio = "%.2f x as fast" % (ours.rate() / rate)
        else:
            ratio = "%.2f x the time" % (ours.median() / contender.median())
        print("  %-34s %9.2f %9.2f %9s %11.1f %s" %
              (contender.name, contender.median(), contender.median("cpu"),
               "%.0f" % (rate / 1e6) if rate else "", contender.median("peak") / 2**20, ratio))
