/*
 * What the files of this room share about libxml2: versions, options, the shape of its errors.
 *
 * Call: xml_init once, before anything else of libxml2.
 * Owns: nothing.
 * Errors: an allocation that fails inside libxml2 cannot be passed back (it may crash or give a
 *         wrong verdict), so the hook prints the one fatal line and ends the process with 2.
 * Source: libxml2 2.9.14 to 2.15.
 * Threads: xml_init before the first thread.
 */
#ifndef CFAUDIT_XML_XML_PRIVATE_H
#define CFAUDIT_XML_XML_PRIVATE_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

/* The error that a structured handler gets: void handler(void *context, xml_error *error). */
#if LIBXML_VERSION >= 21200
typedef const xmlError xml_error;
#else
typedef xmlError xml_error;
#endif

/*
 * Options of every parser context. NOENT is safe because DOCTYPE is refused, so there are no
 * entities but the five of XML, and needed because without it SAX hands out "&#38;" for "&".
 */
enum {
    XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES
#if LIBXML_VERSION >= 21300
                  | XML_PARSE_NO_XXE
#endif
#if LIBXML_VERSION >= 21400
                  | XML_PARSE_NO_SYS_CATALOG
#endif
};

/* libxml2's message on one line, in the style of ours: no full stop, no line end, lower case. */
struct xml_message {
    char text[400];
};
struct xml_message xml_message_of(const char *libxml2_text);

#endif
