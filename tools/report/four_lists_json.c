/* The four lists for programs: words that do not change with the language, and places. */
#include "report/json_parts.h"

#include "report/four_lists.h"
#include "report/series.h"

static void put_place(struct tree *tree, const struct table_place *place,
                      const struct evidence *evidence)
{
    if (!place->case_id.ptr || place->source >= evidence->source_count)
        return;
    tree_str(tree, "case", place->case_id);
    tree_str(tree, "source", evidence->sources[place->source].identity.name);
    tree_uint(tree, "line", place->line);
    tree_uint(tree, "offset", place->offset);
}

static void put_items(struct tree *tree, const struct list_kind *kind,
                      const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "entries");
    tree_open(tree, '[');
    for (i = 0; i < kind->item_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "what", kind->items[i].what);
        put_place(tree, &kind->items[i].place, evidence);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_kind(struct tree *tree, const struct list_kind *kind,
                     const struct evidence *evidence)
{
    bool is_told = kind->standing != KIND_UNTOLD;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "list", str_of(four_list_id(kind->source->list)));
    tree_str(tree, "kind", str_of(kind->source->id));
    tree_str(tree, "standing", str_of(kind_standing_name(kind->standing)));
    if (is_told)
        tree_uint(tree, "found", kind->count);
    else
        tree_null(tree, "found");
    if (is_told && kind->of && kind->source->counts != COUNT_ROWS)
        tree_uint(tree, "of", kind->of);
    else
        tree_null(tree, "of");
    tree_str(tree, "measure",
             kind->source->measure ? str_of(kind->source->measure) : (struct str){NULL, 0});
    tree_str(tree, "figure", kind->figure ? kind->figure->id : (struct str){NULL, 0});
    put_items(tree, kind, evidence);
    tree_close(tree, '}');
}

enum status tree_four_lists(struct tree *tree, const struct result *result,
                            const struct evidence *evidence, struct diag *diag)
{
    struct four_lists lists;
    struct report report;
    struct arena arena;
    enum status status;
    size_t i;

    arena_init(&arena);
    status = report_open(&report, &arena, evidence, result, LANG_EN, diag);
    if (status == STATUS_OK) {
        series_collect(&report);
        four_lists_collect(&report, &lists);
        tree_key(tree, "lists");
        tree_open(tree, '[');
        for (i = 0; i < lists.count; i++)
            put_kind(tree, &lists.kinds[i], evidence);
        tree_close(tree, ']');
        if (report.book->failed || report.scratch.failed)
            status = diag_no_memory(diag);
    }
    report_close(&report);
    arena_done(&arena);
    return status;
}
