#include "writer/writer.h"

#include "base/mem.h"
#include "writer/clean_text.h"

struct range {
    uint32_t first;
    uint32_t last;
};

/* Marks that stand on the character before them. Unicode 15, the blocks of living scripts. */
static const struct range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},   {0x06D6, 0x06DC},
    {0x093C, 0x093C}, {0x0941, 0x0948}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},   {0x302A, 0x302F},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

/* East Asian wide and full-width characters, and emoji. Unicode 15, annex 11. */
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26CE, 0x26CE},   {0x2705, 0x2705},
    {0x270A, 0x270B},   {0x274C, 0x274C},   {0x2753, 0x2755},   {0x2795, 0x2797},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool is_in(uint32_t code, const struct range *ranges, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

size_t text_width(struct str text)
{
    size_t width = 0;
    size_t i = 0;

    while (i < text.len) {
        uint32_t code = 0;
        size_t step = utf8_next((struct str){text.ptr + i, text.len - i}, &code);

        if (step == 0 || code < 0x300)
            width++;
        else if (is_in(code, wide, ARRAY_LEN(wide)))
            width += 2;
        else if (!is_in(code, combining, ARRAY_LEN(combining)))
            width++;
        i += step ? step : 1;
    }
    return width;
}

size_t text_fit(struct str text, size_t columns)
{
    size_t i = 0;

    while (i < text.len) {
        uint32_t code = 0;
        size_t step = utf8_next((struct str){text.ptr + i, text.len - i}, &code);
        size_t width = text_width((struct str){text.ptr + i, step ? step : 1});

        if (width > columns)
            break;
        columns -= width;
        i += step ? step : 1;
    }
    return i;
}
