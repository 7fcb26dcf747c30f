#include "plan/clause_table.h"

#include <string.h>

#include "base/mem.h"
#include "plan/plan_private.h"

enum { GROUP_BITS = 8, GROUPS_MAX = 64 / GROUP_BITS, GROUP_MOST = (1 << GROUP_BITS) - 1 };

/* --- numbers --- */

uint64_t clause_key(struct str number)
{
    uint64_t key = 0;
    unsigned groups = 0;
    size_t at = 0;

    while (at < number.len && groups < GROUPS_MAX) {
        unsigned value = 0;
        size_t from = at;

        for (; at < number.len && number.ptr[at] >= '0' && number.ptr[at] <= '9'; at++) {
            value = 10 * value + (unsigned)(number.ptr[at] - '0');
            if (value > GROUP_MOST)
                return 0;
        }
        if (at == from || value == 0)
            return 0;
        key |= (uint64_t)value << (64 - GROUP_BITS * ++groups);
        if (at == number.len)
            return key;
        if (number.ptr[at++] != '.')
            return 0;
    }
    return 0;
}

uint64_t clause_parent(uint64_t key)
{
    uint64_t mask = GROUP_MOST;

    if (!key)
        return 0;
    while (!(key & mask))
        mask <<= GROUP_BITS;
    return key & ~mask;
}

bool clause_is_part(uint64_t part, uint64_t whole)
{
    for (part = clause_parent(part); part; part = clause_parent(part))
        if (part == whole)
            return true;
    return false;
}

/* --- tables --- */

static void read_clause(struct plan_load *load, struct clause_table *table,
                        const struct xml_node *node)
{
    struct clause *clause = &table->clauses[table->count];
    uint64_t parent;

    clause->number = xml_field_str(&load->fields, node, "number");
    clause->key = clause_key(clause->number);
    clause->title = plan_words(load, node, "title");
    clause->has_requirements = !str_is(xml_attr(node, "requirements"), "false");
    parent = clause_parent(clause->key);
    if (!clause->key) {
        plan_error(load, RULE_CLAUSE_ORDER, node, "number", "'%.*s' has a group that is zero",
                   STR_ARG(clause->number));
        diag_hint(load->fields.diag, "for example 5.1.2");
    } else if (table->count && clause->key <= table->clauses[table->count - 1].key) {
        plan_error(load, RULE_CLAUSE_ORDER, node, "number", "'%.*s' stands behind '%.*s'",
                   STR_ARG(clause->number), STR_ARG(table->clauses[table->count - 1].number));
        diag_hint(load->fields.diag, "put it in the order of the standard");
    } else if (parent && !clause_table_find(table, parent)) {
        plan_error(load, RULE_CLAUSE_ORDER, node, "number", "'%.*s' is a part of no clause",
                   STR_ARG(clause->number));
        diag_hint(load->fields.diag, "add the clause that it is part of before it");
    } else {
        table->count++; /* others are left out, so that each is told by itself */
    }
}

static void read_table(struct plan_load *load, struct clause_table *table)
{
    const struct xml_node *root = load->root;
    const struct xml_node *node = xml_child(root, "clause");

    table->id = xml_field_str(&load->fields, root, "id");
    table->standard = xml_field_str(&load->fields, root, "standard");
    table->edition = xml_field_str(&load->fields, root, "edition");
    table->is_draft = xml_field_bool(&load->fields, root, "draft");
    table->title = plan_words(load, root, "title");
    table->clauses = xml_field_array(&load->fields, xml_field_count(root, "clause"),
                                     sizeof *table->clauses);
    for (; node && table->clauses; node = xml_next(node, "clause"))
        read_clause(load, table, node);
}

enum status clause_table_read(struct arena *arena, const struct library *library, struct str name,
                              struct str folder, struct diag *diag, struct clause_table **ret_table)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct clause_table *table = arena_alloc(arena, 1, sizeof *table);
    struct xml_document *document = NULL;
    enum status status;

    if (!table)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "clause-table", diag, &document);
    if (status == STATUS_OK) {
        load.fields.document = document;
        load.root = xml_root(document);
        read_table(&load, table);
        status = plan_end(&load);
    }
    if (status == STATUS_OK)
        *ret_table = table;
    xml_free(document);
    return status;
}

enum status clause_table_load(struct arena *arena, const struct library *library,
                              struct str edition, struct diag *diag,
                              struct clause_table **ret_table)
{
    static const char prefix[] = "clauses-";
    char name[64];
    size_t len = sizeof prefix - 1;
    size_t i;

    memcpy(name, prefix, len);
    for (i = 0; i < edition.len && len < sizeof name; i++) {
        char c = edition.ptr[i];

        name[len++] = c == '+' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return clause_table_read(arena, library, (struct str){name, len}, (struct str){NULL, 0}, diag,
                             ret_table);
}

const struct clause *clause_table_find(const struct clause_table *table, uint64_t key)
{
    size_t low = 0;
    size_t high = table->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (table->clauses[middle].key == key)
            return &table->clauses[middle];
        if (table->clauses[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
