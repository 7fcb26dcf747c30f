/*
 * Typed values of attributes and elements of our own documents, both ways.
 *
 * Call: fill a struct xml_fields; xml_field_* for each value; look at `status` once at the end.
 * Owns: strings are copied into the arena and live as long as it does.
 * Errors: sticky: the first value that cannot be held is one located fatal diagnostic xml-value
 *         (the schema has refused most before); later calls give empty values.
 * Units: as written; a missing attribute is a missing str, 0, false or NAN.
 * Threads: one reader or writer, one thread.
 */
#ifndef CFAUDIT_XML_FIELDS_H
#define CFAUDIT_XML_FIELDS_H

#include "base/digest.h"
#include "base/ratio.h"
#include "base/words.h"
#include "xml/xml.h"

struct xml_fields {
    const struct xml_document *document;
    struct arena *arena;
    struct diag *diag;
    enum status status;
};

struct str xml_field_str(struct xml_fields *fields, const struct xml_node *node, const char *name);
uint64_t xml_field_uint(struct xml_fields *fields, const struct xml_node *node, const char *name);
double xml_field_double(struct xml_fields *fields, const struct xml_node *node, const char *name);
bool xml_field_bool(struct xml_fields *fields, const struct xml_node *node, const char *name);
/* Missing: zero. */
struct ratio xml_field_ratio(struct xml_fields *fields, const struct xml_node *node,
                             const char *name);
/* Missing: all zero. */
struct sha256 xml_field_sha256(struct xml_fields *fields, const struct xml_node *node,
                               const char *name);
/* Text of the child element of that name, white space collapsed; missing without the element. */
struct str xml_field_text(struct xml_fields *fields, const struct xml_node *node,
                          const char *child);
/* The same of all its children with an attribute `lang`. */
struct words xml_field_words(struct xml_fields *fields, const struct xml_node *node,
                             const char *child);
/* Reports the attribute as unusable. */
void xml_field_bad(struct xml_fields *fields, const struct xml_node *node, const char *name,
                   const char *why);
size_t xml_field_count(const struct xml_node *node, const char *child);
/* A zeroed array in the arena; NULL for count 0, and when memory is out (then status says so). */
void *xml_field_array(struct xml_fields *fields, size_t count, size_t size);

/* Counts above INT64_MAX do not occur. */
void xml_write_attr_uint(struct xml_writer *writer, const char *name, uint64_t value);
/* "true"; false writes nothing. */
void xml_write_attr_bool(struct xml_writer *writer, const char *name, bool value);
void xml_write_attr_ratio(struct xml_writer *writer, const char *name, struct ratio value);
void xml_write_attr_sha256(struct xml_writer *writer, const char *name, const struct sha256 *sum);
/* Doubles that are not finite write nothing. */
void xml_write_attr_number(struct xml_writer *writer, const char *name, double value);
/* Text of an element that is open, runs of white space as one blank: what reading it will give. */
void xml_write_collapsed(struct xml_writer *writer, struct str text);
/* An element with text, white space collapsed as on reading; a missing or blank text writes
   nothing. */
void xml_write_element(struct xml_writer *writer, const char *name, struct str text);
/* One such element for each language, with the attribute `lang`. */
void xml_write_words(struct xml_writer *writer, const char *name, const struct words *words);
/* What became of the document in the writer's buffer: too large to be loaded again, or memory out. */
enum status xml_write_status(const struct xml_writer *writer, struct diag *diag);

#endif
