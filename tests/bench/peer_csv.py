"""What a script of the standard library needs for percentiles by priority. usage: peer_csv.py FILE"""

import csv
import sys
from datetime import datetime


def main():
    spans = {}
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["resolved"]:
                opened = datetime.fromisoformat(row["opened"])
                resolved = datetime.fromisoformat(row["resolved"])
                span = (resolved - opened).total_seconds()
                spans.setdefault(row["priority"], []).append(span)
    for priority, values in sorted(spans.items()):
        values.sort()
        ranks = [values[-(-len(values) * q // 100) - 1] for q in (50, 85, 90, 95)]
        print(priority, len(values), *("%d" % value for value in ranks))


main()
