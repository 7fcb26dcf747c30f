#include "xml/quick_read.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "xml/quick_reading.h"

static void count_to(struct quick_reading *quick, const char *to)
{
    const char *at = quick->counted;
    const char *next;

    while ((next = memchr(at, '\n', (size_t)(to - at))) != NULL) {
        quick->line++;
        quick->column = 1;
        at = next + 1;
    }
    for (; at < to; at++)
        quick->column += (*at & 0xC0) != 0x80;
    quick->counted = to;
}

static bool ends_name(char c)
{
    return xml_is_blank(c) || c == '/' || c == '>';
}

/* Whether that name, and no longer one, stands behind the "<". */
static bool is_tag(const struct quick_reading *quick, struct str name)
{
    const char *at = quick->text.at + 1;

    return (size_t)(quick->text.end - at) > name.len && at[0] == name.ptr[0] &&
           memcmp(at, name.ptr, name.len) == 0 && ends_name(at[name.len]);
}

/* The declaration of the child that begins here. */
static const struct shape_element *next_child(struct quick_reading *quick,
                                              struct quick_frame *frame)
{
    const struct shape_type *type = frame->type;
    size_t i;

    for (; frame->particle < type->particle_count; frame->particle++, frame->count = 0) {
        const struct shape_particle *particle = &type->particles[frame->particle];

        for (i = particle->first;
             frame->count < particle->max && i < particle->first + particle->count; i++) {
            if (is_tag(quick, type->elements[i].name)) {
                frame->count++;
                return &type->elements[i];
            }
        }
        if (frame->count < particle->min)
            return NULL;
    }
    return NULL;
}

static bool has_all_children(const struct quick_frame *frame)
{
    const struct shape_type *type = frame->type;
    uint64_t count = frame->count;
    size_t i;

    for (i = frame->particle; i < type->particle_count; i++, count = 0)
        if (count < type->particles[i].min)
            return false;
    return true;
}

/* A node for the frame; its name and attributes. */
static bool add_node(struct quick_reading *quick, struct quick_frame *frame, const char *start,
                     const char *name, size_t attribute_count)
{
    struct xml_document *document = quick->document;
    struct xml_pair *attributes = NULL;
    struct xml_node *node;

    if (document->node_count == LIMIT_XML_ELEMENTS)
        return false;
    if (attribute_count > 0) {
        attributes = arena_alloc(&document->arena, attribute_count, sizeof *attributes);
        quick->text.no_memory = !attributes;
        if (!attributes)
            return false;
        memcpy(attributes, quick->attributes, attribute_count * sizeof *attributes);
    }
    frame->node = document->node_count;
    node = xml_add_node(document, start);
    quick->text.no_memory = !node;
    if (!node)
        return false;
    count_to(quick, start);
    node->line = quick->line;
    node->column = quick->column;
    node->name = name;
    node->type = frame->type;
    node->attributes = attributes;
    node->attribute_count = (uint32_t)attribute_count;
    node->raw = node->text = "";
    return true;
}

static bool keep_text(struct quick_reading *quick, struct xml_node *node, struct str raw)
{
    char *text;

    if (raw.len > LIMIT_XML_TAG_BYTES)
        return false;
    node->raw = node->text = raw.ptr;
    node->raw_len = node->text_len = (uint32_t)raw.len;
    if (quick_is_collapsed(raw))
        return true;
    text = arena_bytes(&quick->document->arena, raw.len);
    quick->text.no_memory = !text;
    if (!text)
        return false;
    node->text = text;
    node->text_len = (uint32_t)xml_collapse(raw.ptr, raw.len, text);
    return true;
}

/* The end tag of the innermost element. */
static bool take_end(struct quick_reading *quick)
{
    struct quick_frame *frame = &quick->frames[quick->depth - 1];

    if (!quick_starts_with(quick, STR("</")))
        return false;
    quick->text.at++;
    if (!is_tag(quick, frame->name))
        return false;
    quick->text.at += 1 + frame->name.len;
    quick_skip_blanks(&quick->text);
    return *quick->text.at++ == '>';
}

static bool close_element(struct quick_reading *quick)
{
    struct quick_frame *frame = &quick->frames[--quick->depth];
    struct xml_node *node = &quick->document->nodes[frame->node];

    node->span = (uint32_t)(quick->document->node_count - frame->node);
    if (!frame->element)
        return true;
    return has_all_children(frame) &&
           (frame->element->key_count == 0 ||
            shape_keys_hold(frame->element, node, &quick->text.no_memory));
}

/* Elements that hold only text are done with at once. */
static bool is_leaf(const struct quick_reading *quick, const struct quick_frame *frame)
{
    const char *next;

    if (frame->type)
        return frame->type->text != NULL;
    next = memchr(quick->text.at, '<', (size_t)(quick->text.end - quick->text.at));
    return next && next[1] == '/';
}

static bool take_content(struct quick_reading *quick, struct quick_frame *frame, bool is_empty)
{
    struct xml_node *node = &quick->document->nodes[frame->node];
    struct str raw = STR("");

    if (is_empty)
        return (!frame->type || !frame->type->text ||
                shape_value_accepts(frame->type->text, raw)) &&
               close_element(quick);
    if (!is_leaf(quick, frame)) {
        /* not even white space is allowed where there may be no elements */
        return !frame->type || frame->type->particle_count > 0 ||
               (take_end(quick) && close_element(quick));
    }
    if (!quick_content(&quick->text, &raw) || !keep_text(quick, node, raw))
        return false;
    if (frame->type && !shape_value_accepts(frame->type->text, raw))
        return false;
    return take_end(quick) && close_element(quick);
}

/* The name behind the "<" without its prefix, which must be declared; NULL: it is not. */
static const char *local_name(struct quick_reading *quick, struct str name)
{
    const char *colon = memchr(name.ptr, ':', name.len);
    struct str prefix;
    size_t i;

    if (colon) {
        prefix = (struct str){name.ptr, (size_t)(colon - name.ptr)};
        for (i = 0; i < quick->prefix_count && !str_equal(quick->prefixes[i], prefix); i++)
            ;
        if (i == quick->prefix_count)
            return NULL;
        name = (struct str){colon + 1, name.len - prefix.len - 1};
    }
    return quick_keep(quick, name).ptr;
}

/* Whether the root may have that name. */
static bool is_root(const struct quick_reading *quick, struct str name, const char *root)
{
    const char *colon = memchr(name.ptr, ':', name.len);

    if (!root)
        return true;
    if (colon && !quick->shape)
        name = (struct str){colon + 1, name.len - (size_t)(colon + 1 - name.ptr)};
    return str_is(name, root);
}

/* The frame of the element that begins here; its name as written. */
static bool open_frame(struct quick_reading *quick, const char *root)
{
    struct quick_frame *parent = quick->depth > 0 ? &quick->frames[quick->depth - 1] : NULL;
    struct quick_frame frame = {.node = quick->document->node_count};

    if (quick->depth == QUICK_DEPTH || quick->depth == LIMIT_XML_DEPTH)
        return false;
    if (quick->shape && parent) {
        frame.element = next_child(quick, parent);
        if (!frame.element)
            return false;
        frame.name = frame.element->name;
        quick->text.at += 1 + frame.name.len;
    } else {
        quick->text.at++;
        frame.name = quick_name(&quick->text);
        if (frame.name.len == 0 || !ends_name(*quick->text.at))
            return false;
        if (!parent && !is_root(quick, frame.name, root))
            return false;
        if (quick->shape)
            frame.element = shape_root(quick->shape, frame.name);
    }
    if (quick->shape) {
        if (!frame.element || !frame.element->is_known || !frame.element->type ||
            !frame.element->type->is_known)
            return false;
        frame.type = frame.element->type;
    }
    if (parent && parent->last_child > 0)
        quick->document->nodes[parent->last_child].has_next = true;
    if (parent)
        parent->last_child = frame.node;
    quick->frames[quick->depth++] = frame;
    return true;
}

/* From "<" to the end of the tag, or of the whole element. */
static bool take_element(struct quick_reading *quick, const char *root)
{
    const char *start = quick->text.at;
    struct quick_frame *frame = &quick->frames[quick->depth];
    const char *name;
    size_t attribute_count;
    bool is_empty;

    if (!open_frame(quick, root) || !quick_attributes(quick, frame->type, &attribute_count))
        return false;
    if (frame->type && quick->depth == 1 && !quick->has_namespace)
        return false;
    name = frame->element ? frame->element->name.ptr : local_name(quick, frame->name);
    is_empty = *quick->text.at == '/';
    quick->text.at += is_empty;
    if (!name || *quick->text.at++ != '>' ||
        (size_t)(quick->text.at - start) > LIMIT_XML_TAG_BYTES)
        return false;
    return add_node(quick, frame, start, name, attribute_count) &&
           take_content(quick, frame, is_empty);
}

static bool take_markup(struct quick_reading *quick)
{
    if (quick_starts_with(quick, STR("<!--")))
        return quick_comment(&quick->text);
    if (!quick_starts_with(quick, STR("</")))
        return *quick->text.at == '<' && take_element(quick, NULL);
    return take_end(quick) && close_element(quick);
}

/* White space and comments outside the root. */
static bool take_outside(struct quick_reading *quick)
{
    for (;;) {
        quick_skip_blanks(&quick->text);
        if (!quick_starts_with(quick, STR("<!--")))
            return true;
        if (!quick_comment(&quick->text))
            return false;
    }
}

static bool take_declaration(struct quick_reading *quick)
{
    static const struct str forms[] = {
        STR_INIT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        STR_INIT("<?xml version=\"1.0\" encoding=\"utf-8\"?>"),
        STR_INIT("<?xml version=\"1.0\"?>"),
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(forms); i++) {
        if (quick_starts_with(quick, forms[i])) {
            quick->text.at += forms[i].len;
            break;
        }
    }
    return true;
}

static bool take_document(struct quick_reading *quick, const char *root)
{
    if (!take_declaration(quick) || !take_outside(quick) || *quick->text.at != '<' ||
        !take_element(quick, root))
        return false;
    while (quick->depth > 0) {
        quick_skip_blanks(&quick->text);
        if (!take_markup(quick))
            return false;
    }
    return take_outside(quick) && quick->text.at == quick->text.end;
}

/* The array as large as it is full: much of it may have been room to grow. */
static void fit(struct xml_document *document)
{
    struct xml_node *nodes =
        mem_resize(document->nodes, document->node_count, sizeof *document->nodes);

    if (nodes) {
        document->nodes = nodes;
        document->node_capacity = document->node_count;
    }
}

enum quick quick_read(struct xml_document *document, const struct shape *shape, const char *root,
                      size_t *ret_offset)
{
    struct quick_reading *quick = mem_alloc(1, sizeof *quick);
    enum quick end = QUICK_READ;

    if (!quick)
        return QUICK_NO_MEMORY;
    quick->document = document;
    quick->shape = shape;
    quick->text = (struct quick_text){document->text.ptr, document->text.ptr + document->text.len,
                                      &document->arena, false};
    quick->counted = document->text.ptr;
    quick->line = quick->column = 1;
    if (document->text.len < UINT32_MAX && take_document(quick, root)) {
        fit(document);
    } else {
        end = quick->text.no_memory ? QUICK_NO_MEMORY : QUICK_LEFT;
        *ret_offset = (size_t)(quick->text.at - document->text.ptr);
        document->node_count = 0;
    }
    mem_free(quick);
    return end;
}
