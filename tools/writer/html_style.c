/*
 * The style sheet of the page, from the house style. Colours of dark screens are here alone: paper
 * and workbooks have none. Contrast of text is at least 4.5:1 in both (WCAG 2.2, 1.4.3).
 */
#include <stdio.h>

#include "page/house.h"
#include "writer/write_html.h"

/* Rows that follow the paper's colours: level and style names are their class names. */
static const char *const level_names[LEVEL_COUNT] = {
    [LEVEL_NONE] = "none", [LEVEL_GOOD] = "good",   [LEVEL_WATCH] = "watch",
    [LEVEL_BAD] = "bad",   [LEVEL_MUTED] = "muted",
};

struct dark {
    uint32_t paper;
    uint32_t ink;
    uint32_t soft;
    uint32_t rule;
    uint32_t link;
    uint32_t line;
    uint32_t band;
    uint32_t head;
    struct level_look levels[LEVEL_COUNT];
};

static const struct dark dark = {
    .paper = 0x14181D,
    .ink = 0xE4E8EC,
    .soft = 0xA9B4BF,
    .rule = 0x9CC3EA,
    .link = 0x8DBDF2,
    .line = 0x3A444E,
    .band = 0x1B2128,
    .head = 0x263340,
    .levels =
        {
            [LEVEL_NONE] = {0xE4E8EC, HOUSE_NO_FILL},
            [LEVEL_GOOD] = {0xA5DDB5, 0x16301F},
            [LEVEL_WATCH] = {0xF3CE85, 0x3A2A0A},
            [LEVEL_BAD] = {0xF5B1AC, 0x431B1B},
            [LEVEL_MUTED] = {0xA9B4BF, HOUSE_NO_FILL},
        },
};

static void add_colour(struct buf *out, const char *name, uint32_t colour)
{
    buf_printf(out, "--%s:#%06X;", name, (unsigned)colour);
}

static void add_levels(struct buf *out, const struct level_look *levels, uint32_t paper)
{
    char name[32];
    size_t i;

    for (i = LEVEL_NONE + 1; i < LEVEL_COUNT; i++) {
        add_colour(out, level_names[i], levels[i].ink);
        snprintf(name, sizeof name, "%s-fill", level_names[i]);
        add_colour(out, name, levels[i].fill == HOUSE_NO_FILL ? paper : levels[i].fill);
    }
}

static void add_light(struct buf *out)
{
    buf_add_text(out, ":root{color-scheme:light dark;");
    add_colour(out, "paper", house.paper);
    add_colour(out, "ink", house.ink);
    add_colour(out, "soft", house.ink_soft);
    add_colour(out, "rule", house.styles[STYLE_SECTION].ink);
    add_colour(out, "link", house.ink_link);
    add_colour(out, "line", house.line);
    add_colour(out, "band", house.band);
    add_colour(out, "head", house.styles[STYLE_HEAD].fill);
    add_levels(out, house.levels, house.paper);
    buf_add_text(out, "}\n");
}

static void add_dark(struct buf *out)
{
    buf_add_text(out, "@media screen and (prefers-color-scheme:dark){:root{");
    add_colour(out, "paper", dark.paper);
    add_colour(out, "ink", dark.ink);
    add_colour(out, "soft", dark.soft);
    add_colour(out, "rule", dark.rule);
    add_colour(out, "link", dark.link);
    add_colour(out, "line", dark.line);
    add_colour(out, "band", dark.band);
    add_colour(out, "head", dark.head);
    add_levels(out, dark.levels, dark.paper);
    buf_add_text(out, "}}\n");
}

static const char screen_rules[] =
    "*{box-sizing:border-box}\n"
    "html{scroll-padding-top:3.5rem;-webkit-text-size-adjust:100%}\n"
    "a{color:var(--link)}\n"
    "a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);"
    "outline-offset:2px}\n"
    ".skip{position:absolute;left:-999rem;background:var(--paper);padding:.5rem;z-index:9}\n"
    ".skip:focus{left:.5rem;top:.5rem}\n"
    "header,main,footer{padding:0 1.25rem;max-width:120rem;margin:auto}\n"
    "header{padding-top:1.25rem}\n"
    "header p{margin:.25rem 0 1rem;color:var(--soft)}\n"
    "main{padding-top:1.25rem}\n"
    "footer{padding-top:2rem;padding-bottom:2rem;color:var(--soft)}\n"
    "h1,h2,h3{color:var(--rule);line-height:1.25;margin:0}\n"
    "h1{font-size:1.75rem}\n"
    "h2{font-size:1.35rem;margin:2.5rem 0 .75rem}\n"
    "h3{font-size:1.05rem;margin:1.5rem 0 .5rem;padding-bottom:.2rem;"
    "border-bottom:1px solid var(--rule)}\n"
    "nav{position:sticky;top:0;z-index:5;background:var(--paper);"
    "border-bottom:1px solid var(--line);overflow-x:auto}\n"
    "nav ul{display:flex;gap:.25rem;list-style:none;margin:auto;padding:0 .75rem;max-width:120rem}\n"
    "nav a{display:block;padding:.65rem .5rem;white-space:nowrap;text-decoration:none}\n"
    "nav a:hover{text-decoration:underline}\n"
    "p{margin:.5rem 0}\n"
    ".box{font-size:1.15rem;font-weight:700;padding:.6rem .8rem;border-left:.35rem solid}\n"
    ".strong,.label+.strong{font-weight:700}\n"
    ".marking{font-weight:700;border:2px solid;padding:.3rem .6rem;display:inline-block}\n"
    ".note{font-size:.85rem;color:var(--soft)}\n"
    "td.big{font-size:1.9rem;font-weight:700;line-height:1.2;white-space:nowrap}\n"
    "th.label{font-weight:400;color:var(--soft)}\n"
    ".good{color:var(--good);background:var(--good-fill)}\n"
    ".watch{color:var(--watch);background:var(--watch-fill)}\n"
    ".bad{color:var(--bad);background:var(--bad-fill)}\n"
    ".muted{color:var(--muted)}\n"
    "table{border-collapse:separate;border-spacing:0;font-size:.875rem}\n"
    "td,th{padding:.35rem .5rem;text-align:left;vertical-align:top;white-space:pre-line;"
    "overflow-wrap:break-word;border-bottom:1px solid var(--line)}\n"
    "th{font-weight:700}\n"
    "thead th,th.head{background:var(--head)}\n"
    "td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    "th.n.head,thead th.n{white-space:normal}\n"
    ".scroll{overflow:auto;max-height:85vh;border:1px solid var(--line)}\n"
    ".scroll thead th{position:sticky;top:0;z-index:2;vertical-align:middle}\n"
    ".scroll tbody th{position:sticky;left:0;z-index:1;background:var(--paper)}\n"
    ".scroll thead th:first-child{left:0;z-index:3}\n"
    ".scroll tbody tr:nth-child(even)>*:not([class*=good],[class*=watch],[class*=bad]){"
    "background:var(--band)}\n"
    "tr:target>*{box-shadow:inset 0 2px var(--link),inset 0 -2px var(--link)}\n"
    ".panes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));"
    "gap:0 2.5rem}\n"
    ".pane{min-width:0;overflow-x:auto}\n"
    ".pane table{width:100%}\n"
    ".pane th[scope=row]{min-width:10rem;width:11rem}\n"
    ".free{overflow-x:auto;margin:0 0 1rem}\n"
    "details{margin:.25rem 0}\n"
    "summary{cursor:pointer;color:var(--link)}\n"
    "dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.25rem 1rem;margin:.5rem 0}\n"
    "dt{font-weight:700}\n"
    "dd{margin:0;max-width:60rem}\n"
    ".figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,33rem),1fr));"
    "gap:1.5rem 2.5rem;margin:1rem 0}\n"
    "figure{margin:0;min-width:0;overflow-x:auto}\n"
    "figcaption{margin:.25rem 0 .5rem}\n"
    ".pane svg{max-width:34rem}\n"
    "svg{display:block;width:100%;min-width:26rem;height:auto;background:#FFFFFF}\n"
    "@media (max-width:40em){header,main,footer{padding-left:.75rem;padding-right:.75rem}"
    ".scroll tbody th{position:static}.pane th[scope=row]{min-width:5rem;width:auto}"
    "h1{font-size:1.4rem}.pane td,.pane th{padding:.3rem .2rem}svg{min-width:20rem}}\n";

static const char print_rules[] =
    "@media print{@page{size:A4 landscape;margin:12mm 10mm}\n"
    ":root{color-scheme:light}\n"
    "html{font-size:11px}\n"
    "nav,.skip,summary{display:none}\n"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    "header,main,footer{padding:0;max-width:none}\n"
    "section{break-before:page}\n"
    "section:first-of-type{break-before:auto}\n"
    "h2,h3{break-after:avoid;margin-top:.5rem}\n"
    ".scroll{overflow:visible;max-height:none;border:0}\n"
    ".scroll thead th,.scroll tbody th{position:static}\n"
    ".scroll table{table-layout:fixed;width:100%}\n"
    ".scroll td,.scroll th{overflow-wrap:anywhere;hyphens:auto;min-width:0;white-space:pre-line}\n"
    ".pane,.free,figure{overflow:visible}\n"
    ".panes{grid-template-columns:1fr 1fr}\n"
    ".figures{grid-template-columns:1fr 1fr}\n"
    ".pane .figures{grid-template-columns:1fr}\n"
    "svg{min-width:0}\n"
    ".pane svg{max-width:24rem}\n"
    "tr.d{display:none}\n" /* folded away where rows can be */
    "tr,figure{break-inside:avoid}\n"
    "thead{display:table-header-group}\n"
    "td,th{padding:.2rem .25rem}\n"
    ".pane td,.pane th{padding:.12rem .25rem}\n"
    "a{color:inherit;text-decoration:none}\n";

/* Characters across a printed page at the size of the text; more are printed smaller. */
static const double PRINT_CHARACTERS = 215;

static bool says_nothing(const struct sheet *sheet, size_t column)
{
    const struct row *row;

    for (row = sheet->rows; row; row = row->next)
        if (column < row->cell_count && row->cells[column].type != CELL_BLANK)
            return false;
    return true;
}

/* Paper has no room for columns in which nothing stands, and for those that are for screens. */
static bool is_unprinted(const struct sheet *sheet, size_t column)
{
    return (sheet->printed_columns > 0 && column >= sheet->printed_columns) ||
           says_nothing(sheet, column);
}

static bool is_left_out(const struct sheet *sheet, size_t column, bool is_print)
{
    return sheet->columns[column].is_hidden || (is_print && is_unprinted(sheet, column));
}

/* Columns as wide as the sheet says: on screens at least, on paper as shares of the page. */
static void add_widths(struct buf *out, const struct sheet *sheet, bool is_print)
{
    double all = 0;
    size_t shown = 0;
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        all += is_left_out(sheet, i, is_print) ? 0 : sheet->columns[i].width;
    for (i = 0; i < sheet->column_count; i++) {
        double width = sheet->columns[i].width;

        if (sheet->columns[i].is_hidden)
            continue;
        if (is_print && is_unprinted(sheet, i)) {
            buf_printf(out, "#%.*s tr>:nth-child(%zu){display:none}\n", STR_ARG(sheet->id), ++shown);
            continue;
        }
        buf_printf(out, "#%.*s th:nth-child(%zu){", STR_ARG(sheet->id), ++shown);
        if (is_print)
            buf_printf(out, "width:%.2f%%}\n", 100 * width / all);
        else
            buf_printf(out, "min-width:%.1fch}\n", width);
    }
    if (is_print && sheet->has_gaps) /* its table is folded away */
        buf_printf(out, "#%.*s{display:none}\n", STR_ARG(sheet->id));
    if (is_print && all > PRINT_CHARACTERS)
        buf_printf(out, "#%.*s table{font-size:8.5px}\n", STR_ARG(sheet->id));
}

void html_style(const struct book *book, struct buf *out)
{
    const struct sheet *sheet;

    add_light(out);
    add_dark(out);
    buf_printf(out,
               "body{margin:0;background:var(--paper);color:var(--ink);"
               "font:0.9375rem/1.45 %s}\n",
               house.font_stack);
    buf_add_text(out, screen_rules);
    for (sheet = book->sheets; sheet; sheet = sheet->next)
        if (sheet->has_heading)
            add_widths(out, sheet, /* is_print= */ false);
    buf_add_text(out, print_rules);
    for (sheet = book->sheets; sheet; sheet = sheet->next)
        if (sheet->has_heading)
            add_widths(out, sheet, /* is_print= */ true);
    buf_add_text(out, "}\n");
}
