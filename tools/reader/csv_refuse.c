#include "reader/csv_state.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "reader/reader_table.h"
#include "reader/utf8_scan.h"

struct where delimited_place(const struct csv *csv, size_t at)
{
    const struct window *buffer = &csv->buffer;
    struct str before = {buffer->data + buffer->at, at};
    struct where where = {csv->source_name, buffer->line, 0, 0};
    size_t line_start = 0;
    size_t i;

    for (i = 0; i < at; i++)
        if (before.ptr[i] == csv->syntax.newline) {
            where.line++;
            line_start = i + 1;
        }
    where.column = 1 + utf8_characters((struct str){before.ptr + line_start, at - line_start});
    where.offset = buffer->offset + transcode_stored_len(&buffer->text, before);
    return where;
}

/* Whether a diagnostic of that rule would still be kept: its place costs time to find. */
static bool is_shown(const struct csv *csv, enum rule rule)
{
    return csv->diag->by_rule[rule] < LIMIT_DIAG_KEPT;
}

void refuse_row(struct csv *csv, enum rule rule, size_t at, const char *detail)
{
    struct where where = {csv->source_name, 0, 0, 0};

    if (is_shown(csv, rule))
        where = delimited_place(csv, at);
    diag_report(csv->diag, rule, where, detail ? "%s" : NULL, detail);
    if (!rowset_reject(&csv->base, rule, csv->buffer.line, csv->buffer.offset))
        csv->no_memory = true;
}

void refuse_ragged(struct csv *csv, size_t found, size_t at)
{
    char text[100];

    snprintf(text, sizeof text, "%zu cells, the header has %zu", found, csv->width);
    refuse_row(csv, RULE_CSV_RAGGED, at, text);
}

void refuse_fault(struct csv *csv, enum record_state state, const struct record *record)
{
    struct str rest = window_rest(&csv->buffer);
    size_t end = fields_line_end(&csv->syntax, rest, record->opening);
    struct where opening = delimited_place(csv, record->opening);
    uint64_t before = csv->buffer.line;
    char text[100];

    csv->base.counts.read++;
    switch (state) {
    case RECORD_STRAY:
        snprintf(text, sizeof text, "the cell opens on line %llu, column %llu",
                 (unsigned long long)opening.line, (unsigned long long)opening.column);
        refuse_row(csv, RULE_CSV_STRAY_QUOTE, record->fault, text);
        break;
    case RECORD_UNCLOSED:
        snprintf(text, sizeof text, "it opens on line %llu", (unsigned long long)opening.line);
        refuse_row(csv, RULE_CSV_UNCLOSED_QUOTE, record->opening, text);
        break;
    default:
        snprintf(text, sizeof text, "more than %llu bytes%s", (unsigned long long)LIMIT_CELL_BYTES,
                 rest.ptr[record->opening] == '"' ? "; a closing quote may be missing" : "");
        refuse_row(csv, RULE_CSV_CELL_TOO_LARGE, record->opening, text);
        break;
    }
    if (end == 0) {
        csv->skipping = true;
        window_skip(&csv->buffer, rest.len, opening.line - before);
    } else {
        window_skip(&csv->buffer, end, opening.line - before + 1);
    }
}

void refuse_long(struct csv *csv)
{
    char text[100];

    csv->base.counts.read++;
    snprintf(text, sizeof text, "the row has more than %d bytes", RECORD_BYTES);
    refuse_row(csv, RULE_CSV_CELL_TOO_LARGE, 0, text);
    csv->skipping = true;
}

bool skip_line(struct csv *csv)
{
    struct str rest = window_rest(&csv->buffer);
    size_t end = fields_line_end(&csv->syntax, rest, 0);

    csv->skipping = end == 0;
    window_skip(&csv->buffer, end ? end : rest.len, end ? 1 : 0);
    return end != 0;
}

bool refuse_bytes(struct csv *csv, struct str text)
{
    size_t at = utf8_plain_prefix(text);

    while (at < text.len) {
        struct str rest = {text.ptr + at, text.len - at};

        if (rest.ptr[0] == '\0') {
            refuse_row(csv, RULE_CSV_NUL, at, NULL);
            return true;
        }
        at += utf8_valid_prefix(rest);
        /* valid text may hold a zero byte; one that is in front of the fault comes first */
        {
            const char *zero = memchr(rest.ptr, '\0', at - (size_t)(rest.ptr - text.ptr));

            if (zero) {
                refuse_row(csv, RULE_CSV_NUL, (size_t)(zero - text.ptr), NULL);
                return true;
            }
        }
        if (at < text.len) {
            const char *encoding = transcode_encoding_name(&csv->buffer.text);
            char detail[60];

            /* converted text no longer has the byte of the file */
            if (strcmp(encoding, "UTF-8") == 0)
                snprintf(detail, sizeof detail, "byte %02X in UTF-8 text",
                         (unsigned char)text.ptr[at]);
            else
                snprintf(detail, sizeof detail, "in %s text", encoding);
            refuse_row(csv, RULE_CSV_ENCODING, at, detail);
            return true;
        }
    }
    return false;
}
