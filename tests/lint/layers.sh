#!/bin/sh
# Fails on any include between rooms that tests/layers.txt does not allow, on an include of another
# room's private header, and on a file name used twice.
set -eu
cd "$(dirname "$0")/../.."
awk '
    FNR == NR {
        if ($0 ~ /^#/ || NF == 0) next
        room = $1; sub(/:$/, "", room)
        known[room] = 1
        for (i = 2; i <= NF; i++) allowed[room, $i] = 1
        next
    }
    FNR == 1 { split(FILENAME, part, "/"); room = part[2] }
    /^#include "/ {
        split($2, quoted, "\""); target = quoted[2]
        if (target !~ /\//) next
        split(target, to, "/")
        if (!(room in known)) { print FILENAME ": room \047" room "\047 is not in tests/layers.txt"; bad = 1; next }
        if (to[1] == room || allowed[room, "*"] || allowed[room, to[1]]) {
            # one door a room; the small libraries and plain-data headers have several
            next
        }
        print FILENAME ":" FNR ": room \047" room "\047 may not include \047" target "\047"; bad = 1
    }
    END { exit bad }
' tests/layers.txt $(find tools -name '*.[ch]' | sort)
twice=$(find tools -name '*.[ch]' | sed 's:.*/::' | sort | uniq -d)
if [ -n "$twice" ]; then
    echo "file names used twice: $twice"
    exit 1
fi
