/*
 * A text log as text, with all that its reader knows of it.
 *
 * Call: read_log or read_log_by; compare the buffer.
 * Rows and diagnostics as reader_text.h has them; then "~ reason n places"; what each rule took, if
 * that is asked for; "= status read rejected dialect".
 * Owns: the caller's buffer.
 * Threads: one calls.
 */
#ifndef CFAUDIT_TESTS_READER_LOG_H
#define CFAUDIT_TESTS_READER_LOG_H

#include "base/pool.h"
#include "reader_text.h"
#include "text/log_rules.h"

static void say_left_out(const struct rowset *rowset, struct buf *out)
{
    size_t i;
    size_t k;

    for (i = 0; i < rowset->left_out_count; i++) {
        const struct row_left_out *left = &rowset->left_out[i];

        if (left->n)
            buf_printf(out, "~ %s %llu", left->reason, (unsigned long long)left->n);
        for (k = 0; k < left->first_count; k++)
            buf_printf(out, " %llu@%llu'%.*s'", (unsigned long long)left->lines[k],
                       (unsigned long long)left->offsets[k], STR_ARG(left->texts[k]));
        if (left->n)
            buf_add_char(out, '\n');
    }
}

static void say_rules(const struct rowset *rowset, struct buf *out)
{
    size_t i;
    size_t k;
    size_t c;

    for (i = 0; i < rowset->rule_count; i++) {
        const struct row_rule *rule = &rowset->rules[i];

        buf_printf(out, "# %.*s %llu %llu@%llu %llu@%llu %llu", STR_ARG(rule->name),
                   (unsigned long long)rule->n, (unsigned long long)rule->first_line,
                   (unsigned long long)rule->first_offset, (unsigned long long)rule->last_line,
                   (unsigned long long)rule->last_offset, (unsigned long long)rule->limits);
        for (k = 0; k < rule->hit_count; k++) {
            const struct row_hit *hit = &rule->hits[k];

            buf_printf(out, " %llu@%llu", (unsigned long long)hit->line,
                       (unsigned long long)hit->offset);
            for (c = 0; c < hit->capture_count; c++)
                buf_printf(out, " %.*s=%.*s", STR_ARG(hit->captures[c].column),
                           STR_ARG(hit->captures[c].value));
        }
        buf_add_char(out, '\n');
    }
}

/* As reader_text, with what was left out and, if asked for, what each rule took. */
static enum status read_log_by(const struct log_rules *log, struct source *source,
                               const char *names, struct pool *pool, bool says_rules,
                               struct diag *diag, struct buf *out)
{
    struct reader_options options = {.encoding = ENCODING_DETECT, .log = log, .pool = pool};
    struct reader_text_wants wants;
    struct rowset *rowset = NULL;
    struct row_batch batch;
    uint64_t rows = 0;
    uint64_t rejects = 0;
    enum status status;

    reader_text_parse(str_of(names), &wants);
    status = reader_find(STR("text"))
                 ->open(source, &options, wants.wants, wants.count, diag, &rowset);
    while (status == STATUS_OK) {
        status = rowset_next(rowset, &batch);
        if (status >= 0)
            rejects += rowset->reject_count;
        if (status != STATUS_OK)
            break;
        reader_text_batch(&batch, /* cells_only= */ false, out);
        rows += batch.count;
    }
    reader_text_diag(diag, out);
    if (rowset) {
        const struct row_counts *counts = &rowset->counts;

        say_left_out(rowset, out);
        if (says_rules && status == STATUS_END)
            say_rules(rowset, out);
        buf_printf(out, "= %d %llu %llu %.*s%s\n", status, (unsigned long long)counts->read,
                   (unsigned long long)counts->rejected, STR_ARG(rowset->dialect),
                   rowset->is_partial ? ", partial" : "");
        if (status == STATUS_END)
            assert_int_equal(counts->read, rows + counts->rejected + counts->left_out);
        assert_int_equal(counts->rejected, rejects);
    } else {
        buf_printf(out, "= %d\n", status);
    }
    rowset_close(rowset);
    return status;
}

static inline enum status read_log(const struct log_rules *log, struct source *source, const char *names,
                            struct diag *diag, struct buf *out)
{
    return read_log_by(log, source, names, NULL, /* says_rules= */ false, diag, out);
}

/* NULL for one thread. */
static struct pool *pool_of(unsigned threads)
{
    struct pool *pool = threads > 1 ? pool_new(threads) : NULL;

    assert_true(threads < 2 || pool);
    return pool;
}

#endif
