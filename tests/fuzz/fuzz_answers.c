/*
 * Answers, ledgers and results: whatever loads can be assessed, scored and written, and what was
 * written loads again and gives the same bytes. What does not load is refused with one fatal
 * diagnostic.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "score/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct target {
    struct library library;
    struct arena checklist_arena;
    struct checklist *checklist;
    struct evidence evidence; /* two figures that answers may name */
    struct figure figures[2];
    int file;
    char path[64];
};

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static void prepare(struct target *target)
{
    char name[] = "/tmp/cfaudit-fuzz-XXXXXX";
    struct diag diag;

    xml_init();
    diag_init(&diag);
    arena_init(&target->checklist_arena);
    must(library_init(&target->library, (struct str){NULL, 0}, &diag) == STATUS_OK, "no schema");
    must(checklist_load(&target->checklist_arena, &target->library, STR("iso9001-5.1.2"),
                        (struct str){NULL, 0}, &diag, &target->checklist) == STATUS_OK,
         "no checklist");
    diag_done(&diag);
    target->figures[0] = (struct figure){.id = STR("EV-001"),
                                         .measure = STR("M-07"),
                                         .variant = STR("computed"),
                                         .unit = STR("1"),
                                         .n = 1000,
                                         .k = 951,
                                         .value = 0.951,
                                         .low = 0.93,
                                         .high = 0.96,
                                         .method = STR("wilson"),
                                         .target = 0.95,
                                         .target_source = STR("contract")};
    target->figures[1] = target->figures[0];
    target->figures[1].id = STR("EV-002");
    target->figures[1].measure = STR("M-11");
    target->evidence.audit.id = STR("helpdesk-2025");
    target->evidence.audit.edition = STR("2015+A1");
    target->evidence.figures = target->figures;
    target->evidence.figure_count = 2;
    target->file = mkstemp(name);
    must(target->file >= 0 && unlink(name) == 0, "no temporary file");
    snprintf(target->path, sizeof target->path, "/proc/self/fd/%d", target->file);
}

static struct str put(const struct target *target, struct str bytes)
{
    must(ftruncate(target->file, 0) == 0 &&
             pwrite(target->file, bytes.ptr, bytes.len, 0) == (ssize_t)bytes.len,
         "cannot write the temporary file");
    return str_of(target->path);
}

static void must_be_refused_once(enum status status, const struct diag *diag)
{
    must(status == STATUS_OK || diag->by_severity[SEVERITY_FATAL] == 1,
         "a failure without exactly one fatal diagnostic");
}

static void must_be_same(const struct buf *first, const struct buf *second)
{
    must(first->len == second->len && memcmp(first->bytes, second->bytes, first->len) == 0,
         "writing, loading and writing gave other bytes");
}

static void check_result(const struct target *target, const struct result *result,
                         struct arena *arena, struct diag *diag)
{
    struct result *again = NULL;
    struct buf first;
    struct buf second;

    buf_init(&first, LIMIT_DOCUMENT_BYTES);
    buf_init(&second, LIMIT_DOCUMENT_BYTES);
    must(result_write(result, &first, diag) == STATUS_OK, "a result cannot be written");
    must(result_load(arena, &target->library, put(target, buf_str(&first)), diag, &again) ==
             STATUS_OK,
         "a written result does not load");
    must(result_write(again, &second, diag) == STATUS_OK, "a loaded result cannot be written");
    must_be_same(&first, &second);
    buf_done(&first);
    buf_done(&second);
}

static void try_answers(struct target *target, struct str bytes, struct arena *arena,
                        struct diag *diag)
{
    struct assessment *assessments = NULL;
    struct answers *answers = NULL;
    struct result *result = NULL;
    enum status status;
    size_t count = 0;

    status = answers_load(arena, &target->library, put(target, bytes), diag, &answers);
    if (status == STATUS_OK)
        status = assess(arena, &target->checklist, 1, &target->evidence, answers, diag,
                        &assessments, &count);
    must_be_refused_once(status, diag);
    if (status != STATUS_OK)
        return;
    must(score_compute(arena, &target->checklist, 1, assessments, count, NULL, diag, &result) ==
             STATUS_OK,
         "answers that hold cannot be scored");
    result->tool_version = STR("cfaudit");
    result->has_answers = true;
    result->answers_sha256 = answers->sha256;
    check_result(target, result, arena, diag);
}

static void try_result(struct target *target, struct str bytes, struct arena *arena,
                       struct diag *diag)
{
    struct result *result = NULL;
    enum status status;

    status = result_load(arena, &target->library, put(target, bytes), diag, &result);
    must_be_refused_once(status, diag);
    if (status == STATUS_OK)
        check_result(target, result, arena, diag);
}

static void try_evidence(struct target *target, struct str bytes, struct arena *arena,
                         struct diag *diag)
{
    struct evidence *evidence = NULL;
    struct sha256 sum;
    struct buf first;
    struct buf second;
    enum status status;

    status = evidence_load(arena, &target->library, put(target, bytes), diag, &evidence, &sum);
    must_be_refused_once(status, diag);
    if (status != STATUS_OK)
        return;
    buf_init(&first, LIMIT_DOCUMENT_BYTES);
    buf_init(&second, LIMIT_DOCUMENT_BYTES);
    must(evidence_write(evidence, &first, diag) == STATUS_OK, "a ledger cannot be written");
    must(evidence_load(arena, &target->library, put(target, buf_str(&first)), diag, &evidence,
                       &sum) == STATUS_OK,
         "a written ledger does not load");
    must(evidence_write(evidence, &second, diag) == STATUS_OK, "a loaded ledger cannot be written");
    must_be_same(&first, &second);
    evidence_json(evidence, &first);
    evidence_csv(evidence, &second);
    buf_done(&first);
    buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const tries[])(struct target *, struct str, struct arena *, struct diag *) = {
        try_answers, try_result, try_evidence};
    static struct target target;
    struct arena arena;
    struct diag diag;
    size_t i;

    if (!target.checklist)
        prepare(&target);
    for (i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        arena_init(&arena);
        diag_init(&diag);
        tries[i](&target, (struct str){(const char *)data, size}, &arena, &diag);
        diag_done(&diag);
        arena_done(&arena);
    }
    return 0;
}
