"""Outcomes of single checks, and their total."""

PASSED = "passed"
FAILED = "failed"
SKIPPED = "skipped"


class Result:
    """One check: what it is called, how it went, and what a person needs to see of a failure."""

    def __init__(self, name, outcome, detail=""):
        self.name = name
        self.outcome = outcome
        self.detail = detail


class Total:
    def __init__(self):
        self.count = {PASSED: 0, FAILED: 0, SKIPPED: 0}

    def add(self, outcome, number=1):
        self.count[outcome] += number

    def line(self):
        """The one form that other programs may rely on; it stands alone on its line."""
        return "{passed} passed, {failed} failed, {skipped} skipped".format(**self.count)

    def exit_status(self):
        if self.count[FAILED]:
            return 1
        # Nothing assessed is never a pass.
        return 0 if self.count[PASSED] else 3
