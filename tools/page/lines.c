#include "page/lines.h"

#include <stdbool.h>

/* Columns are measured in digits; a run of letters of a wide font takes a little more. */
static const double WIDTH_SLACK = 0.94;
static const double LINE_POINTS = 13;
static const double EDGE_POINTS = 2;

unsigned lines_needed(struct str text, double width)
{
    double room = width * WIDTH_SLACK;
    double used = 0;
    double word = 0;
    unsigned lines = 1;
    size_t i;

    if (room < 1)
        room = 1;
    for (i = 0; i <= text.len; i++) {
        bool at_end = i == text.len || text.ptr[i] == ' ' || text.ptr[i] == '\n';

        if (!at_end) {
            word += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
            continue;
        }
        if (used > 0 && used + 1 + word > room) {
            lines++;
            used = 0;
        }
        for (used += (used > 0) + word; used > room; used -= room)
            lines++;
        word = 0;
        if (i < text.len && text.ptr[i] == '\n') {
            lines++;
            used = 0;
        }
    }
    return lines;
}

double lines_height(unsigned lines)
{
    return lines * LINE_POINTS + EDGE_POINTS;
}
