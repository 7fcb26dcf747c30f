#!/bin/sh
# Static checks: every header compiles alone, no banned function, libraries in their rooms,
# manual pages clean. usage: lint.sh CC CFLAGS BUILD
set -u
cd "$(dirname "$0")/../.."
cc=$1
cflags=$2
bad=0

for header in $(find tools -name '*.h' | sort); do
    # shellcheck disable=SC2086
    echo "#include \"${header#tools/}\"" | $cc $cflags -Wno-unused-const-variable -fsyntax-only -x c - ||
        { echo "$header: does not compile alone"; bad=1; }
done

# function: files that may call it
banned='sprintf strcpy strcat strtok atoi atol gets localtime gmtime mktime strptime setenv: none
malloc calloc realloc free: tools/base/mem.c
setlocale: tools/cmd/main.c
system popen: none
tmpnam tempnam: none
alloca: none'
echo "$banned" | while IFS=: read -r names files; do
    for name in $names; do
        grep -nE "(^|[^A-Za-z0-9_.>])$name *\(" $(find tools -name '*.[ch]' | sort) |
            grep -vE "^($(echo "$files" | tr -d ' '))(:|$)" | grep -vE ':[0-9]+: *(\*|/\*|//)' |
            sed "s/^/banned function '$name': /"
    done
done >"${TMPDIR:-/tmp}/cfaudit-banned.$$"
if [ -s "${TMPDIR:-/tmp}/cfaudit-banned.$$" ]; then
    cat "${TMPDIR:-/tmp}/cfaudit-banned.$$"
    bad=1
fi
rm -f "${TMPDIR:-/tmp}/cfaudit-banned.$$"

# third-party headers stay in their rooms
libraries='libxml/:tools/xml/
xlsxwriter:tools/writer/
archive.h:tools/source/
zip.h:tools/source/
isa-l:tools/source/decode_gzip.c
zstd:tools/source/decode_zstd.c
openssl/:tools/base/digest.c
pcre2:tools/text/regex.c
libical/:tools/plan/icalendar.c'
echo "$libraries" | while IFS=: read -r header room; do
    grep -nE "#include <$header" $(find tools -name '*.[ch]') | grep -v "^$room"
done | sed 's/^/library outside its room: /' | grep . && bad=1

if command -v mandoc >/dev/null 2>&1 && ls tools/man/*.[157] >/dev/null 2>&1; then
    mandoc -T lint -W warning tools/man/*.[157] || { echo 'manual: mandoc has complaints'; bad=1; }
fi
for script in tests/lint/tables.py tests/lint/manual.py; do
    [ ! -f "$script" ] || python3 "$script" || bad=1
done
exit $bad
