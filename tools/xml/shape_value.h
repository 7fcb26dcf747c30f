/*
 * Simple types of the schema: whether a value is plainly one of them.
 *
 * Call: shape_value_new once for a type; shape_value_accepts for values.
 * Owns: the value type lives in the arena and borrows the texts of the schema.
 * Errors: false says only that libxml2 must be asked.
 * Units: lengths in characters.
 * Source: XML Schema 1.0 part 2: restriction of string, token, integers, decimal, double, date,
 *         dateTime, anyURI; facets enumeration, pattern, lengths, limits, digits.
 * Threads: constant.
 */
#ifndef CFAUDIT_XML_SHAPE_VALUE_H
#define CFAUDIT_XML_SHAPE_VALUE_H

#include "xml/shape_pattern.h"
#include "xml/xml.h"

enum { SHAPE_PATTERNS = 4 };

enum shape_kind {
    SHAPE_OTHER, /* nothing is known of it */
    SHAPE_STRING,
    SHAPE_TOKEN,
    SHAPE_INTEGER,
    SHAPE_DECIMAL,
    SHAPE_DOUBLE,
    SHAPE_DATE,
    SHAPE_INSTANT,
    SHAPE_URI
};

/* One step of restriction. */
struct shape_value {
    enum shape_kind kind;
    const struct shape_value *base; /* NULL: a built-in type */
    struct str *words;
    size_t word_count;
    struct shape_pattern *patterns[SHAPE_PATTERNS]; /* one of them */
    size_t pattern_count;
    uint64_t min_length;
    uint64_t max_length;
    double low; /* of numbers; of integers exact in `least` and `most` */
    double high;
    bool excludes_low;
    bool excludes_high;
    int64_t least;
    int64_t most;
    uint64_t digits; /* of a number, in all and behind the point */
    uint64_t fraction_digits;
};

/* A type that is built in, by its local name; kind SHAPE_OTHER for one that is not known. */
struct shape_value *shape_value_built_in(struct arena *arena, struct str name);
/* The restriction of `base` by an xs:restriction element. NULL: memory is out. */
struct shape_value *shape_value_restrict(struct arena *arena, const struct xml_node *restriction,
                                         const struct shape_value *base);
bool shape_value_accepts(const struct shape_value *value, struct str text);
/* Whether two values of the type are the same only if they are written the same. */
bool shape_value_is_plain(const struct shape_value *value);

#endif
