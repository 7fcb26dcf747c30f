/*
 * The documents of a run, kept with it: so that another run, elsewhere, reads the same ones.
 *
 * Call: library_store_init; set library->store, then load documents; the items are what was opened,
 *       each once, in order of name after library_store_order. For another run: library_store_put
 *       for each item, `replays`, set library->store. library_store_done.
 * Owns: the store owns names and bytes.
 * Errors: STATUS_MEMORY; STATUS_INVALID for a document that is compressed; source-open for one that
 *         the store does not have. Each with one diagnostic.
 * Units: bytes.
 * A document is named by its path from the folder of the audit, so that the name is the same
 * wherever that folder stands; in the folder of the user's own documents by `@data/`; a shipped one
 * by its bare name, without its bytes.
 * Threads: one store, one thread.
 */
#ifndef CFAUDIT_XML_LIBRARY_STORE_H
#define CFAUDIT_XML_LIBRARY_STORE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "source/source.h"

struct library_item {
    struct str name;
    struct str root; /* what it was opened as: "audit", "source-map", "holidays" ... */
    struct sha256 sha256;
    bool is_shipped;
    struct str bytes; /* missing: of one that is shipped */
};

struct library_store {
    struct arena arena;
    struct str folder;      /* of the audit; missing: the current one */
    struct str data_folder; /* missing: none */
    struct library_item *items;
    size_t count;
    size_t capacity;
    bool replays;
};

/* What stands for the folder of the user's own documents where they come from a store. */
static const struct str LIBRARY_STORE_DATA = {"@data", 5};

void library_store_init(struct library_store *store);
void library_store_done(struct library_store *store);
enum status library_store_put(struct library_store *store, const struct library_item *item,
                              struct diag *diag);
/* NULL: none. */
const struct library_item *library_store_find(const struct library_store *store, struct str name);
/* What the folder of a document is; missing: the current one. */
struct str library_store_folder(struct str path);
/* The name of what stands at a path; a missing str: memory is out. */
struct str library_store_name(struct library_store *store, struct str path);
void library_store_order(struct library_store *store);
/* For the library: the document at the path; what `path` names is kept, or comes from the store. */
enum status library_store_open(struct library_store *store, struct str path, const char *root,
                               struct diag *diag, struct source **ret_source);
/* A shipped document is used. */
enum status library_store_note(struct library_store *store, struct str name, const char *root,
                               struct str bytes, struct diag *diag);

#endif
