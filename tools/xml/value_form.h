/*
 * Values that are right and written in another form than the schema wants: white space around them,
 * "9:00", "2,5", "2026-1-31", "m-07", "true" for yes.
 *
 * Call: value_form_mend with a value that the schema refuses.
 * Owns: nothing.
 * Errors: false where there is no such form, or more than one thing can be meant.
 * Units: none.
 * Source: XML Schema 1.0 part 2 for the forms wanted; ISO 8601 for dates and times.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_XML_VALUE_FORM_H
#define CFAUDIT_XML_VALUE_FORM_H

#include "xml/shape_value.h"

struct value_form {
    char text[100];
};

/* `name` of the simple type; missing: it has none. What is given back the type accepts. */
bool value_form_mend(const struct shape_value *type, struct str name, struct str value,
                     struct value_form *ret_form);

#endif
