#include "report/note_text.h"

#include "report/report_parts.h"
#include "report/say.h"

/* "#" stands for a number in the words of notes. */
static const char HOLE = '#';

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* End of the number that begins there: digits, and more of them behind a point. */
static size_t number_end(struct str text, size_t at)
{
    while (at < text.len && (is_digit(text.ptr[at]) || (text.ptr[at] == '.' && at + 1 < text.len &&
                                                        is_digit(text.ptr[at + 1]))))
        at++;
    return at;
}

static struct str with_holes(struct report *report, struct str note)
{
    struct buf *out = &report->scratch;
    size_t i = 0;

    while (i < note.len) {
        bool is_number = is_digit(note.ptr[i]);

        buf_add_char(out, is_number ? HOLE : note.ptr[i]);
        i = is_number ? number_end(note, i) : i + 1;
    }
    return report_keep(report);
}

static void add_number(struct report *report, struct str number)
{
    size_t i;

    for (i = 0; i < number.len; i++)
        buf_add_char(&report->scratch, number.ptr[i] == '.' && report->lang == LANG_IT
                                           ? ','
                                           : number.ptr[i]);
}

/* The numbers of the note in the holes of the words, in their order. */
static struct str filled(struct report *report, struct str words, struct str note)
{
    size_t from = 0;
    size_t i;

    for (i = 0; i < words.len; i++) {
        size_t end;

        if (words.ptr[i] != HOLE) {
            buf_add_char(&report->scratch, words.ptr[i]);
            continue;
        }
        while (from < note.len && !is_digit(note.ptr[from]))
            from++;
        end = number_end(note, from);
        add_number(report, (struct str){note.ptr + from, end - from});
        from = end;
    }
    return report_keep(report);
}

/* "missed: 2025-02, 2025-04": a word, and what is the same in every language. */
static struct str headed(struct report *report, struct str note)
{
    size_t i;

    for (i = 0; i + 1 < note.len && note.ptr[i] != ':'; i++)
        ;
    if (i + 1 >= note.len || !has_raw((struct str){note.ptr, i}))
        return note;
    buf_add(&report->scratch, say_raw((struct str){note.ptr, i}, report->lang));
    buf_add(&report->scratch, (struct str){note.ptr + i, note.len - i});
    return report_keep(report);
}

struct str note_text(struct report *report, struct str note)
{
    struct str words;

    if (!note.len || has_raw(note))
        return say_raw(note, report->lang);
    words = with_holes(report, note);
    return has_raw(words) ? filled(report, say_raw(words, report->lang), note)
                          : headed(report, note);
}
