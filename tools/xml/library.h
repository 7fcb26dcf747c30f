/*
 * Where documents come from: a folder of the user's own first, then those shipped in the program.
 *
 * Call: library_init; library_load ...; library_done.
 * Owns: the caller owns the library and each loaded document (xml_free).
 * Errors: an unknown name is one fatal diagnostic with the nearest known name; else as xml_load.
 * Units: none.
 * Threads: constant after library_init.
 */
#ifndef CFAUDIT_XML_LIBRARY_H
#define CFAUDIT_XML_LIBRARY_H

#include "xml/library_store.h"
#include "xml/xml.h"

struct library {
    struct str data_folder; /* borrowed; missing: none */
    struct xml_schema *schema;
    /* Read and checked already: what asks for it under this name gets it. NULL: none. */
    struct xml_document *at_hand;
    struct str at_hand_name;
    struct library_store *store; /* keeps what is opened, or stands for it; NULL: neither */
};

enum status library_init(struct library *library, struct str data_folder, struct diag *diag);
void library_done(struct library *library);
/*
 * `name`: bare ("iso9001-5.1.2": DATA/NAME.xml if that exists, else the shipped one) or a path
 * (it has a slash or ends in .xml), taken relative to `folder` unless absolute (missing: current).
 */
enum status library_load(const struct library *library, struct str name, struct str folder,
                         const char *root, struct diag *diag, struct xml_document **ret_document);
/* A document of the user's own, whatever its name is; "-" is standard input. */
enum status library_load_path(const struct library *library, struct str path, const char *root,
                              struct diag *diag, struct xml_document **ret_document);
/* The source behind the name, as library_load finds it. */
enum status library_open(const struct library *library, struct str name, struct diag *diag,
                         struct source **ret_source);
/* The source at a path, of a document that is none of XML. */
enum status library_open_path(const struct library *library, struct str path, const char *root,
                              struct diag *diag, struct source **ret_source);
/* Whether library_load takes it for a path. */
bool library_name_is_path(struct str name);

#endif
