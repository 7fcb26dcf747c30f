/*
 * The encoding of a long document, from its first bytes.
 *
 * Call: xml_head_encoding with at least the whole XML declaration, or all there is.
 * Owns: nothing.
 * Errors: STATUS_INVALID for an encoding that is not read in pieces, reported.
 * Only encodings in which the marks of XML are single ASCII bytes: the scan of tags relies on it.
 * Source: XML 1.0, 4.3.3 and appendix F.
 * Threads: values only.
 */
#ifndef CFAUDIT_XML_XML_HEAD_H
#define CFAUDIT_XML_XML_HEAD_H

#include "base/diag.h"

enum xml_head { XML_HEAD_UTF_8, XML_HEAD_SINGLE_BYTE };

enum status xml_head_encoding(struct str head, struct str source_name, struct diag *diag,
                              enum xml_head *ret_encoding);

#endif
