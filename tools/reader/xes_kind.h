/*
 * The elements of an event log and the values of its attributes.
 *
 * Call: xes_kind_of a name; xes_value_fits.
 * Owns: nothing.
 * Source: IEEE 1849-2016, 4.3 to 4.6, and XML Schema part 2 for the types. Deviations: a date may
 *         lack its offset (whoever needs an instant decides), an offset may be written +hhmm or
 *         +hh, the words NaN and INF of a float in any case, an id is any text without blanks.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_XES_KIND_H
#define CFAUDIT_READER_XES_KIND_H

#include "base/str.h"

enum xes_kind {
    XES_OTHER,
    XES_LOG,
    XES_EXTENSION,
    XES_GLOBAL,
    XES_CLASSIFIER,
    XES_TRACE,
    XES_EVENT,
    XES_VALUES, /* of a list */
    XES_STRING, /* from here on: attributes */
    XES_DATE,
    XES_INT,
    XES_FLOAT,
    XES_BOOLEAN,
    XES_ID,
    XES_LIST, /* from here on: without a value */
    XES_CONTAINER
};

enum xes_kind xes_kind_of(struct str name);
/* The value is one of the attribute's type. */
bool xes_value_fits(enum xes_kind kind, struct str value);

#endif
