/*
 * Marks out of their bytes, line by line.
 *
 * Call: marks_bytes_of; marks_next_line until it is false; after each its hits by marks_next_hit, and
 *       what else it has or marks_skip_rest.
 * Owns: borrows the bytes.
 * Errors: is_bad, which is sticky: the bytes are no marks.
 * Units: as in marks.h; the form of the bytes is in marks_write.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_DETECT_MARKS_READ_H
#define CFAUDIT_DETECT_MARKS_READ_H

#include "detect/marks.h"

struct marks_bytes {
    const unsigned char *at;
    size_t len;
    bool is_bad;
};

struct marks_line {
    uint64_t digest;
    struct mark_counts counts;
    uint32_t languages[LANG_COUNT]; /* function words of each */
    uint32_t hit_count;
    uint32_t stem_count;
    uint32_t group_count;
};

/* *ret_language: as declared, or OTHER_LANGUAGE; LANG_COUNT: it is not. */
struct marks_bytes marks_bytes_of(struct str bytes, uint32_t *ret_detectors,
                                  unsigned *ret_language);
bool marks_next_line(struct marks_bytes *bytes, struct marks_line *ret_line);
void marks_next_hit(struct marks_bytes *bytes, const struct marks_line *line,
                    struct mark_hit *ret_hit);
void marks_skip_rest(struct marks_bytes *bytes, const struct marks_line *line);

#endif
