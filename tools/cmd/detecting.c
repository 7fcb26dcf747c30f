#include "cmd/detecting.h"

#include "base/mem.h"

/* --- one message --- */

/* Line and column of a byte of the text, from 1. */
static void find_place(struct str text, size_t at, uint64_t *ret_line, uint64_t *ret_column)
{
    size_t i;

    *ret_line = *ret_column = 1;
    for (i = 0; i < at && i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            ++*ret_line;
            *ret_column = 1;
        } else {
            *ret_column += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        }
    }
}

static bool keep_hit(struct detecting *d, const struct record_heard *heard,
                     const struct mark_hit *hit)
{
    struct arena *arena = &d->run->arena;
    struct detected *item;

    if (!mem_grow(&d->hits, d->hit_count, &d->hit_capacity, sizeof *d->hits))
        return false;
    item = &d->hits[d->hit_count];
    *item = (struct detected){.source = str_of(d->file),
                              .line = heard->line,
                              .offset = heard->offset,
                              .ticket = arena_str(arena, heard->ticket),
                              .at = {heard->at},
                              .actor = heard->actor,
                              .is_public = heard->is_public,
                              .hit = *hit,
                              .message = (size_t)d->messages};
    if (heard->at == VALUE_MISSING)
        item->at = INSTANT_MISSING;
    find_place(heard->text, hit->start, &item->text_line, &item->text_column);
    if (d->shows_spans && d->detector != DETECT_LABEL) {
        item->span = arena_str(arena, (struct str){heard->text.ptr + hit->start, hit->length});
        if (!item->span.ptr)
            return false;
    }
    d->hit_count++;
    return item->ticket.ptr != NULL;
}

static bool hear(void *hearing, const struct record_heard *heard)
{
    struct detecting *d = hearing;
    struct marks marks;
    size_t i;

    if (!boilerplate_add(d->boilerplate, heard->marks))
        return false;
    if (d->actors && !(d->actors >> heard->actor & 1))
        return true;
    if (!marks_has(heard->marks, 1u << d->detector)) {
        d->messages++;
        return true;
    }
    if (!marks_read(&d->reader, heard->marks, NULL, &marks))
        return false;
    for (i = 0; i < marks.hit_count; i++)
        if (marks.hits[i].detector == d->detector && !keep_hit(d, heard, &marks.hits[i]))
            return false;
    d->messages++;
    return true;
}

/* --- all of them --- */

static bool begin(struct detecting *d)
{
    boilerplate_free(d->boilerplate);
    d->boilerplate = boilerplate_new();
    d->messages = 0;
    d->hit_count = 0;
    return d->boilerplate != NULL;
}

/* Once more where a date showed that the order of day and month has to be decided first. */
static enum status read_files(struct detecting *d)
{
    struct gathering *g = &d->gathering;
    struct gathering_source *source = &d->source;
    struct run *run = d->run;
    enum status status = STATUS_OK;
    bool again = true;
    size_t i;

    while (again && status == STATUS_OK) {
        again = false;
        record_set_free(g->set);
        g->set = NULL;
        if (!begin(d))
            return diag_no_memory(&run->diag);
        status = record_set_new(&g->needs, &run->diag, &g->set);
        for (i = 0; i < source->name_count && status == STATUS_OK && !again; i++) {
            d->file = source->names[i].ptr;
            status = record_read(g->set, source->names[i], (uint32_t)i, &source->options,
                                 &run->arena, &run->diag, &g->accounting[i]);
            again = status == STATUS_OK && record_set_needs_order(g->set);
        }
        if (again)
            status = record_decide_order(source->names, source->name_count, &source->options,
                                         &run->diag, &source->options.date_order);
    }
    return status;
}

/* What stands in a line that too many messages have is none of their own. */
static enum status leave_out_boilerplate(struct detecting *d)
{
    size_t kept = 0;
    size_t i;

    if (!boilerplate_settle(d->boilerplate))
        return diag_no_memory(&d->run->diag);
    d->boilerplate_lines = boilerplate_count(d->boilerplate);
    for (i = 0; i < d->hit_count; i++)
        if (!boilerplate_has(d->boilerplate, d->hits[i].hit.line))
            d->hits[kept++] = d->hits[i];
    d->hit_count = kept;
    d->hit_messages = 0;
    for (i = 0; i < kept; i++)
        d->hit_messages += i == 0 || d->hits[i].message != d->hits[i - 1].message;
    return STATUS_OK;
}

enum status detecting_read(struct detecting *d)
{
    struct gathering *g = &d->gathering;
    struct run *run = d->run;
    enum status status;

    marks_reader_init(&d->reader);
    g->needs.messages = g->needs.marks = g->needs.keep_all = true;
    d->source.options.heard = hear;
    d->source.options.hearing = d;
    status = gathering_prepare(g);
    if (status == STATUS_OK)
        status = gathering_check_outputs(g);
    if (status == STATUS_OK && !(detectors_present(g->detectors) >> d->detector & 1)) {
        status = run_usage(run, "no lexicon named has detector '%s'", detector_name(d->detector));
        diag_hint(&run->diag, "name one with --lexicon: cfaudit list lexicons");
    }
    if (status != STATUS_OK)
        return status;
    g->accounting = arena_alloc(&run->arena, d->source.name_count + 1, sizeof *g->accounting);
    if (!g->accounting)
        return diag_no_memory(&run->diag);
    status = read_files(d);
    if (status == STATUS_OK)
        status = leave_out_boilerplate(d);
    if (status == STATUS_OK && d->messages == 0)
        run->incomplete = "no-text";
    return status;
}

void detecting_done(struct detecting *d)
{
    marks_reader_done(&d->reader);
    boilerplate_free(d->boilerplate);
    mem_free(d->hits);
    gathering_done(&d->gathering);
}
