#!/bin/sh
# Writes OUT.S (the bytes of each document) and OUT.c (the table shipped_documents).
# usage: embed.sh OUT FILE...
set -eu
out=$1
shift
{
    echo '    .section .rodata'
    n=0
    for file; do
        printf '    .balign 16\ncfaudit_shipped_%d_start:\n    .incbin "%s"\ncfaudit_shipped_%d_end:\n    .byte 0\n' "$n" "$file" "$n"
        printf '    .global cfaudit_shipped_%d_start\n    .global cfaudit_shipped_%d_end\n' "$n" "$n"
        n=$((n + 1))
    done
    echo '    .section .note.GNU-stack,"",%progbits'
} >"$out.S"
{
    printf '#include "source/shipped.h"\n\n#include <stddef.h>\n\n'
    n=0
    for file; do
        printf 'extern const unsigned char cfaudit_shipped_%d_start[];\nextern const unsigned char cfaudit_shipped_%d_end[];\n' "$n" "$n"
        n=$((n + 1))
    done
    printf '\nconst struct shipped shipped_documents[] = {\n'
    n=0
    for file; do
        name=${file##*/}
        name=${name%.xml}
        printf '    {"%s", "%s", cfaudit_shipped_%d_start, cfaudit_shipped_%d_end},\n' "$name" "$file" "$n" "$n"
        n=$((n + 1))
    done
    printf '    {NULL, NULL, NULL, NULL},\n};\n'
} >"$out.c"
