/* Texts of messages: whatever they are, their marks are sound and lie within them. */
#include <stdio.h>
#include <stdlib.h>

#include "detect/detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct detect_run *make_run(struct detectors **ret_detectors)
{
    static const char *const names[] = {"messages-en", "messages-it", "labels-en", "labels-it"};
    static struct library library;
    static struct arena arena;
    const struct str none = {NULL, 0};
    const struct lexicon *lexicons[4];
    struct lexicon *lexicon = NULL;
    struct diag diag;
    size_t i;

    xml_init();
    diag_init(&diag);
    arena_init(&arena);
    if (library_init(&library, none, &diag) != STATUS_OK)
        abort();
    for (i = 0; i < 4; i++) {
        if (lexicon_load(&arena, &library, str_of(names[i]), none, &diag, &lexicon) != STATUS_OK)
            abort();
        lexicons[i] = lexicon;
    }
    if (detectors_new(lexicons, 4, str_of("salt"), &diag, ret_detectors) != STATUS_OK)
        abort();
    diag_done(&diag);
    return detect_run_new(*ret_detectors, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct detectors *detectors;
    static struct detect_run *run;
    static struct marks_reader reader;
    struct marks marks;
    struct str bytes;
    size_t i;

    if (!run)
        run = make_run(&detectors);
    bytes = run ? detect_text(run, (struct str){(const char *)data, size}, LANG_COUNT)
                : (struct str){NULL, 0};
    if (!bytes.ptr)
        abort();
    if (!marks_are_sound(bytes) || !marks_read(&reader, bytes, NULL, &marks)) {
        fprintf(stderr, "marks that cannot be read\n");
        abort();
    }
    for (i = 0; i < marks.hit_count; i++) {
        const struct mark_hit *hit = &marks.hits[i];

        if (hit->length == 0 || hit->start > size || hit->length > size - hit->start ||
            hit->entry >= detectors_entry_count(detectors)) {
            fprintf(stderr, "a hit outside of its text\n");
            abort();
        }
    }
    return 0;
}
