"""Many runs of the program out of one process (tests/harness/serve.c), for tests whose runs are
short: the program is the same, its start is spared."""

import atexit
import collections
import os
import struct
import subprocess

Ended = collections.namedtuple("Ended", "returncode stdout stderr")


class Served:
    """Runs have no standard input; run() is what subprocess.run() would be."""

    def __init__(self):
        serve = os.path.join(os.environ["BUILD"], "tests", "harness", "serve")
        bound = dict(os.environ, LD_BIND_NOW="1")  # before the first fork, not in each
        self.child = subprocess.Popen([serve], env=bound, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        atexit.register(self.close)

    def close(self):
        self.child.stdin.close()
        self.child.wait()

    def run(self, arguments, cwd):
        texts = [os.fsencode(os.path.abspath(cwd)), *map(os.fsencode, arguments)]
        self.child.stdin.write(struct.pack("=I", len(texts)) + b"".join(
            struct.pack("=I", len(text)) + text for text in texts))
        self.child.stdin.flush()
        return Ended(self.number(), self.text(), self.text())

    def number(self):
        return struct.unpack("=I", self.take(4))[0]

    def text(self):
        return self.take(self.number())

    def take(self, count):
        taken = self.child.stdout.read(count)
        if len(taken) != count:
            raise SystemExit("# the process that runs the program ended with status %d"
                             % self.child.wait())
        return taken
