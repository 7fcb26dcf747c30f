/*
 * Reading on behind a mistake that is told, so that one look finds the next ones, too.
 *
 * Call: xml_mend when reading ended with STATUS_INVALID; read document->text again while it is true.
 * Owns: the mended text lies in the document's arena.
 * Errors: false: reading cannot go on, or memory is out, which then is not reported: what was wrong
 *         has been.
 * Units: as xml_document.h. A mended text has as many characters in each line as before, so that
 *        places stay right.
 * Threads: as xml_document.h.
 */
#ifndef CFAUDIT_XML_XML_MEND_H
#define CFAUDIT_XML_XML_MEND_H

#include "xml/xml_document.h"

/* `bytes` as stored; the text is decoded from them anew where its encoding is at fault. */
bool xml_mend(struct xml_document *document, struct str bytes);

#endif
