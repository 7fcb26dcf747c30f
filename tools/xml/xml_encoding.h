/*
 * The encodings in which documents are read, character by character, there and back.
 *
 * Call: functions of their arguments; xml_decode (xml_document.h) finds out which one it is.
 * Owns: nothing.
 * Errors: the bytes must have been decoded before: what is not of the encoding was refused there.
 * Units: code points; offsets in bytes.
 * Source: ISO-8859-1, ISO-8859-15, windows-1252 (IANA), UTF-16 (RFC 2781), UTF-8 (RFC 3629).
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_XML_XML_ENCODING_H
#define CFAUDIT_XML_XML_ENCODING_H

#include "xml/xml_document.h"

/* 0 for a byte that is not assigned. */
uint32_t xml_code_of_byte(enum xml_encoding encoding, unsigned char byte);
uint32_t xml_unit_at(struct str bytes, size_t i, bool big_endian);
/* Writes one to four bytes and returns how many. */
size_t xml_put_utf8(char *out, uint32_t code);
/* The character at *at, which moves behind it; of all encodings but UTF-8. */
uint32_t xml_next_code(enum xml_encoding encoding, struct str bytes, size_t *at);
/* UTF-8 in the encoding; what it does not have is written as a reference (&#x20AC;). */
void xml_encode(enum xml_encoding encoding, struct str text, struct buf *out);

#endif
