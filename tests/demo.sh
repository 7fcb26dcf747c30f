#!/bin/sh
# Runs the shipped example into build/demo/, with the answers of its auditors, the actions that
# followed and the audit before it, and says where the workbooks are. The audit's own words are Italian; both languages of the report are written.
# usage: demo.sh    (after make)
set -eu
cd "$(dirname "$0")/.."
example=checklists/examples/helpdesk
out=build/demo
mkdir -p "$out"

build/cfaudit run "$example/audit.xml" --answers "$example/answers.xml" \
    --actions "$example/actions.xml" --previous "$example/earlier.result.xml" \
    --force -o "$out/helpdesk.xlsx" -f "html:$out/helpdesk.html"
build/cfaudit report --evidence "$out/helpdesk.evidence.xml" --result "$out/helpdesk.result.xml" \
    --lang it --force -o "$out/helpdesk-it.xlsx"

echo "for a browser: $out/helpdesk.html"
echo "in Italian: $out/helpdesk-it.xlsx"
echo
echo "The warnings name rows that this invented export spoils on purpose; each is counted."
echo "Without the auditors' answers most questions stay open, and the exit status is 3:"
echo "    build/cfaudit run $example/audit.xml -o $out/open.xlsx"
