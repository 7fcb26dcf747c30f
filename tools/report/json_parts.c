#include "report/json_parts.h"

#include "base/buf.h"

void tree_null(struct tree *tree, const char *key)
{
    tree_key(tree, key);
    buf_add_text(tree->out, "null");
}

void tree_ratio(struct tree *tree, const char *key, struct ratio value)
{
    tree_key(tree, key);
    buf_add_text(tree->out, "{\"exact\": \"");
    ratio_format(value, tree->out);
    buf_add_text(tree->out, "\", \"value\": ");
    buf_add_double(tree->out, ratio_to_double(value));
    buf_add_char(tree->out, '}');
}

void tree_ratio_if(struct tree *tree, const char *key, bool is_there, struct ratio value)
{
    if (is_there && ratio_is_ok(value))
        tree_ratio(tree, key, value);
    else
        tree_null(tree, key);
}

void tree_words(struct tree *tree, const char *key, const struct words *words)
{
    int i;

    tree_key(tree, key);
    tree_open(tree, '{');
    for (i = 0; i < LANG_COUNT; i++)
        if (words->in[i].ptr)
            tree_str(tree, lang_name((enum lang)i), words->in[i]);
    tree_close(tree, '}');
}

void tree_letters(struct tree *tree, const char *key, unsigned letters)
{
    bool first = true;
    unsigned i;

    tree_key(tree, key);
    buf_add_char(tree->out, '[');
    for (i = 0; i < LETTER_COUNT; i++) {
        if ((letters >> i & 1) == 0)
            continue;
        buf_printf(tree->out, "%s\"%c\"", first ? "" : ", ", "abc"[i]);
        first = false;
    }
    buf_add_char(tree->out, ']');
}

void tree_points(struct tree *tree, const char *key, int points)
{
    if (points >= 0)
        tree_int(tree, key, points);
    else
        tree_null(tree, key);
}

static void put_ids(struct tree *tree, const char *key, const struct str *ids, size_t count)
{
    size_t i;

    tree_key(tree, key);
    tree_open(tree, '[');
    for (i = 0; i < count; i++) {
        tree_next(tree);
        buf_add_json(tree->out, ids[i]);
    }
    tree_close(tree, ']');
}

static struct str band_of(enum band band)
{
    return band == BAND_NONE ? (struct str){NULL, 0} : str_of(band_name(band));
}

void tree_gates(struct tree *tree, const struct result *result)
{
    size_t i;

    tree_key(tree, "gates");
    tree_open(tree, '[');
    for (i = 0; i < result->gate_count; i++) {
        const struct gate_result *gate = &result->gates[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "id", gate->id);
        tree_bool(tree, "triggered", gate->is_triggered);
        tree_str(tree, "at_most", gate->is_triggered ? band_of(gate->at_most)
                                                     : (struct str){NULL, 0});
        tree_str(tree, "detail", gate->detail);
        put_ids(tree, "questions", gate->questions, gate->question_count);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

/* Models that count grades say how many of each. */
static void put_grades(struct tree *tree, const struct model_score *score)
{
    int i;

    tree_key(tree, "grades");
    tree_open(tree, '{');
    for (i = 0; i < GRADE_COUNT; i++)
        tree_uint(tree, i == GRADE_NONE ? "ungraded" : grade_name((enum grade)i),
                  score->grades[i]);
    tree_close(tree, '}');
}

void tree_score(struct tree *tree, const struct result *result, enum index_kind kind,
                const struct score_model *model)
{
    const struct model_score *score = result_score(result, kind, model);
    struct buf system;

    buf_init(&system, 1 << 10);
    score_model_system(model, result->rules, &system);
    tree_str(tree, "model", score_model_name(model, result));
    tree_str(tree, "system", buf_str(&system));
    tree_ratio_if(tree, "score", score->has_score, score->score);
    tree_bool(tree, "rounded", score->is_rounded);
    tree_ratio_if(tree, "maximum", score->maximum.num > 0, score->maximum);
    tree_uint(tree, "counted", score->counted);
    tree_uint(tree, "passed", score->passed);
    tree_str(tree, "band", band_of(score->band));
    tree_str(tree, "cause", score->cause);
    if (!model->is_sum && score->maximum.num == 0)
        put_grades(tree, score);
    tree->out->failed |= system.failed;
    buf_done(&system);
}

static void put_facts(struct tree *tree, const struct maturity *maturity)
{
    int i;

    tree_key(tree, "facts");
    tree_open(tree, '[');
    for (i = 0; maturity->level > 0 && i < MATURITY_FACT_COUNT; i++) {
        enum maturity_fact fact = (enum maturity_fact)i;

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "fact", str_of(maturity_fact_name(fact)));
        tree_uint(tree, "level", maturity_fact_level(fact));
        tree_bool(tree, "holds", maturity->holds[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

enum status tree_maturity(struct tree *tree, const struct result *result,
                          const struct evidence *evidence, struct diag *diag)
{
    struct maturity *list = NULL;
    struct arena arena;
    enum status status;
    size_t i;

    arena_init(&arena);
    status = result_maturity(&arena, result, evidence, diag, &list);
    if (status != STATUS_OK)
        goto out;
    tree_key(tree, "maturity");
    tree_open(tree, '[');
    for (i = 0; i < result->section_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "section", list[i].section->id);
        tree_uint(tree, "level", list[i].level);
        put_facts(tree, &list[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
out:
    arena_done(&arena);
    return status;
}
