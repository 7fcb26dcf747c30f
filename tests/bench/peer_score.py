#!/usr/bin/env python3
"""The plain way to a score: read checklists and answers with the standard library and add up floats.
No schema, no gates, no coverage by letter, no result that could be checked. Prints the score.

usage: peer_score.py CHECKLIST.xml ... ANSWERS.xml
"""

import sys
import xml.etree.ElementTree as xml

NS = "{urn:cfaudit:1}"
answers = {answer.get("question"): answer for answer in xml.parse(sys.argv[-1]).getroot()}
got = full = 0.0
for path in sys.argv[1:-1]:
    for question in xml.parse(path).getroot().findall(NS + "question"):
        answer = answers.get(question.get("id"))
        if question.get("basis") == "good-practice" or answer is None or not answer.get("points"):
            continue
        got += float(question.get("weight")) * int(answer.get("points"))
        full += float(question.get("weight")) * 10
print("%.4f" % (100 * got / full))
