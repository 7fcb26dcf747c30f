/* Documents of ours: anything is valid, or refused with a diagnostic. */
#include <stdio.h>
#include <stdlib.h>

#include "xml/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever its root is. */
static void load(const struct library *library, struct str bytes)
{
    struct source *source = NULL;
    struct xml_document *document = NULL;
    struct diag diag;
    enum status status;

    diag_init(&diag);
    status = source_open_memory(str_of("input"), bytes, &diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, library->schema, /* root= */ NULL, &diag, &document);
    if ((status == STATUS_OK) != (document != NULL) ||
        (status == STATUS_OK) != (diag.by_severity[SEVERITY_FATAL] == 0)) {
        fprintf(stderr, "a failure without a diagnostic, or a document without success\n");
        abort();
    }
    xml_free(document);
    source_close(source);
    diag_done(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct library library;
    static bool is_ready;

    if (!is_ready) {
        struct diag diag;

        xml_init();
        diag_init(&diag);
        if (library_init(&library, (struct str){NULL, 0}, &diag) != STATUS_OK)
            abort();
        diag_done(&diag);
        is_ready = true;
    }
    load(&library, (struct str){(const char *)data, size});
    return 0;
}
