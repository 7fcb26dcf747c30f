#include "page/lines.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double LINE_POINTS = 13;
static const double EDGE_POINTS = 2;
/* No character takes more for each of its bytes. */
static const double WIDEST_BYTE = 1.4;
/* What the edges of a cell take. */
static const double EDGE_DIGITS = 0.8;
/* Of a column: for each digit of its width, and around it. */
static const double DIGIT_PIXELS = 7;
static const double EDGE_PIXELS = 5;

/*
 * Widths of text one point smaller than the font that columns are measured in, in hundredths of
 * its digits: the larger of those of Calibri and DejaVu Sans, which stands in for it where it is
 * missing.
 */
static const unsigned char ASCII_WIDTHS[128] = {
    93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93, 93,  93,
    93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  93,  55,  55,  93,  93, 93,  140,
    93,  55,  55,  55,  93,  93,  55,  55,  55,  55,  93,  93,  93,  93,  93,  93,  93, 93,  93,
    93,  55,  55,  93,  93,  93,  93,  140, 108, 108, 108, 108, 108, 108, 108, 108, 55, 108, 108,
    108, 140, 108, 108, 108, 108, 108, 108, 108, 108, 108, 140, 108, 108, 108, 55,  93, 55,  93,
    93,  93,  93,  93,  93,  93,  93,  55,  93,  93,  55,  55,  93,  55,  140, 93,  93, 93,  93,
    55,  93,  55,  93,  93,  140, 93,  93,  93,  93,  55,  93,  93,  93,
};
static const double WIDTH_ACCENTED = 0.95;
static const double WIDTH_IDEOGRAPH = 1.9;

static double width_of(unsigned char c)
{
    if (c < 0x80)
        return ASCII_WIDTHS[c] / 100.0;
    if (c < 0xC0) /* inside a character */
        return 0;
    return c >= 0xE3 ? WIDTH_IDEOGRAPH : WIDTH_ACCENTED;
}

unsigned lines_needed(struct str text, double width)
{
    double room = width > 1 + EDGE_DIGITS ? width - EDGE_DIGITS : 1;
    double blank = width_of(' ');
    double used = 0;
    double word = 0;
    unsigned lines = 1;
    size_t i;

    if (text.len == 0)
        return 1;
    if ((double)text.len * WIDEST_BYTE <= room && !memchr(text.ptr, '\n', text.len))
        return 1;
    for (i = 0; i <= text.len; i++) {
        bool at_end = i == text.len || text.ptr[i] == ' ' || text.ptr[i] == '\n';

        if (!at_end) {
            word += width_of((unsigned char)text.ptr[i]);
            continue;
        }
        if (used > 0 && used + blank + word > room) {
            lines++;
            used = 0;
        }
        for (used += (used > 0 ? blank : 0) + word; used > room; used -= room)
            lines++;
        word = 0;
        if (i < text.len && text.ptr[i] == '\n') {
            lines++;
            used = 0;
        }
    }
    return lines;
}

double width_pixels(double width)
{
    return floor(width * DIGIT_PIXELS + 0.5) + EDGE_PIXELS;
}

double lines_height(unsigned lines)
{
    return lines * LINE_POINTS + EDGE_POINTS;
}
