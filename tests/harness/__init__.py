"""Parts of the test runner (tests/run.py)."""
