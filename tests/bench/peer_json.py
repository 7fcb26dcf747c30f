"""What a script of the standard library needs for percentiles by priority, of the last row of each
incident. usage: peer_json.py FILE"""

import json
import sys
from datetime import datetime


def main():
    last = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            order = (row["sys_updated_on"], int(row["sys_mod_count"]))
            if row["number"] not in last or order >= last[row["number"]][0]:
                last[row["number"]] = (order, row)
    spans = {}
    for _, row in last.values():
        if row["resolved_at"]:
            span = datetime.fromisoformat(row["resolved_at"]) - datetime.fromisoformat(
                row["opened_at"])
            spans.setdefault(row["priority"], []).append(span.total_seconds())
    for priority, values in sorted(spans.items()):
        values.sort()
        ranks = [values[-(-len(values) * q // 100) - 1] for q in (50, 85, 90, 95)]
        print(priority, len(values), *("%d" % value for value in ranks))


main()
