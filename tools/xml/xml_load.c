#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "xml/quick_read.h"
#include "xml/xml_mend.h"
#include "xml/xml_document.h"

/* What the parser's events share; reached through the context's _private. */
struct load {
    struct xml_document *document;
    struct diag *diag;
    xmlParserCtxt *parser;
    size_t count; /* elements begun */
    bool failed;  /* reported; the parser was stopped */
};

/* Elements of a tree whose memory is worth giving back: it is made of many small pieces. */
static const size_t LARGE_TREE = 20000;

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    xmlParserCtxt *parser = context;
    struct load *load = parser->_private;

    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          defaulted_count, attributes);
    if (parser->node && load->count < load->document->node_count)
        parser->node->_private = &load->document->nodes[load->count];
    load->count++;
}

/* The guard has refused it before; this is the parser's own word for the same thing. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system)
{
    xmlParserCtxt *parser = context;
    struct load *load = parser->_private;
    struct where where = {load->document->identity.name, (uint64_t)xmlSAX2GetLineNumber(context), 0,
                          0};

    (void)name;
    (void)external;
    (void)system;
    if (!load->failed)
        diag_report(load->diag, RULE_XML_DOCTYPE, where, NULL);
    load->failed = true;
    xmlStopParser(parser);
}

/* What is met most: said better than the parser does, and how to mend it. */
static const struct syntax {
    int code;
    const char *message; /* NULL: the parser's own */
    const char *hint;
} syntaxes[] = {
    {XML_ERR_TAG_NOT_FINISHED, "the document ends before all its elements are closed",
     "is the document cut off?"},
    {XML_ERR_GT_REQUIRED, "a tag has no '>'", "is the document cut off, or is a '>' or a quote missing?"},
    {XML_ERR_DOCUMENT_END, "something stands behind the end of the root element",
     "a document has one root element"},
    {XML_ERR_DOCUMENT_EMPTY, "no element at the start", "is this an XML document?"},
    {XML_ERR_NAME_REQUIRED, "a name is missing behind '&' or '<'",
     "write &amp; for a plain '&' and &lt; for a plain '<'"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "';' is missing behind '&' and a name",
     "write &amp; for a plain '&'"},
    {XML_ERR_LT_IN_ATTRIBUTE, "'<' in the value of an attribute",
     "write &lt; for '<', or look for a missing quote"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "the value of an attribute is not in quotes",
     "write name=\"value\" with straight quotes; word processors make curly ones"},
    {XML_ERR_ATTRIBUTE_REDEFINED, NULL, "an element has each attribute once"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "the value of an attribute does not end",
     "look for a missing quote"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute has no value", "write name=\"value\""},
    {XML_ERR_SPACE_REQUIRED, "a blank is missing", "put blanks between attributes"},
    {XML_ERR_INVALID_CHAR, "a control character that XML does not allow", "take it out"},
    {XML_ERR_INVALID_HEX_CHARREF, "'&#x...;' does not have a hexadecimal number",
     "write the character itself"},
    {XML_ERR_INVALID_DEC_CHARREF, "'&#...;' does not have a number", "write the character itself"},
    {XML_ERR_CDATA_NOT_FINISHED, "a CDATA section does not end", "write ]]> where it ends"},
    {XML_ERR_MISPLACED_CDATA_END, "']]>' where no CDATA section ends", "write ]]&gt; in text"},
    {XML_ERR_COMMENT_NOT_FINISHED, "a comment does not end", "write --> where it ends"},
    {XML_ERR_HYPHEN_IN_COMMENT, "'--' inside a comment", "write a single '-' in comments"},
    {XML_ERR_PI_NOT_FINISHED, "a processing instruction does not end", "write ?> where it ends"},
    {XML_ERR_PI_NOT_STARTED, "a name is missing behind '<?'", "write &lt; for a plain '<'"},
    {XML_ERR_RESERVED_XML_NAME, "the XML declaration does not stand at the very start",
     "it is the first thing in a file, without a blank or an empty line before it"},
    {XML_ERR_XMLDECL_NOT_FINISHED, "the XML declaration is not complete",
     "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
    {XML_ERR_STANDALONE_VALUE, "standalone is neither 'yes' nor 'no'",
     "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
    {XML_ERR_UNKNOWN_VERSION, "a version of XML that is not known",
     "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a prefix before ':' that is not declared",
     "take the prefix out, or declare it with xmlns:...=\"...\""},
    {XML_NS_ERR_QNAME, "a name with more than one ':'", "one ':' stands behind a prefix"},
    {XML_NS_ERR_EMPTY, "a prefix is declared without a namespace", "write xmlns:...=\"...\""},
    {XML_NS_ERR_COLON, "':' in a name that has no prefix", "take it out"},
};

static void report_syntax(struct load *load, struct where where, xml_error *error)
{
    struct xml_message message = xml_message_of(error->message);
    size_t i;

    if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 && error->str2) {
        diag_report(load->diag, RULE_XML_SYNTAX, where, "'%.100s' of line %d is closed by '%.100s'",
                    error->str1, error->int1, error->str2);
        diag_hint(load->diag, "write </%.100s>, or look for an end that is missing above",
                  error->str1);
        return;
    }
    if (error->code == XML_ERR_TAG_NOT_FINISHED && error->str1 && error->int1 > 0) {
        diag_report(load->diag, RULE_XML_SYNTAX, where, "'%.100s' of line %d is not closed",
                    error->str1, error->int1);
        diag_hint(load->diag, "is the document cut off?");
        return;
    }
    if (error->code == XML_ERR_UNDECLARED_ENTITY && error->str1) {
        diag_report(load->diag, RULE_XML_SYNTAX, where, "XML does not know '&%.100s;'",
                    error->str1);
        diag_hint(load->diag, "only &amp; &lt; &gt; &quot; &apos; and &#...; exist; write the "
                              "character itself");
        return;
    }
    for (i = 0; i < ARRAY_LEN(syntaxes) && syntaxes[i].code != error->code; i++)
        ;
    if (i == ARRAY_LEN(syntaxes)) {
        diag_report(load->diag, RULE_XML_SYNTAX, where, "%s", message.text);
        return;
    }
    diag_report(load->diag, RULE_XML_SYNTAX, where, "%s",
                syntaxes[i].message ? syntaxes[i].message : message.text);
    if (syntaxes[i].hint)
        diag_hint(load->diag, "%s", syntaxes[i].hint);
}

static void take_error(void *context, xml_error *error)
{
    xmlParserCtxt *parser = context;
    struct load *load = parser->_private;
    struct where where;

    if (load->failed || error->level == XML_ERR_WARNING || error->level == XML_ERR_NONE)
        return;
    load->failed = true;
    where =
        (struct where){load->document->identity.name, (uint64_t)(error->line > 0 ? error->line : 0),
                       (uint64_t)(error->int2 > 0 ? error->int2 : 0), 0};
    if (parser->input && parser->input->cur && parser->input->base) {
        uint64_t offset = (uint64_t)parser->input->consumed +
                          (uint64_t)(parser->input->cur - parser->input->base);

        where = xml_where_offset(load->document, offset);
        load->document->fault =
            (struct xml_fault){XML_FAULT_CHARACTER, error->code, (size_t)offset};
    }
    report_syntax(load, where, error);
    xmlStopParser(parser);
}

enum status xml_parse(struct xml_document *document, struct diag *diag)
{
    struct load load = {.document = document, .diag = diag};
    xmlParserCtxt *parser = xmlNewParserCtxt();
    enum status status = STATUS_OK;

    if (!parser)
        return diag_no_memory(diag);
    load.parser = parser;
    parser->_private = &load;
    parser->sax->startElementNs = start_element;
    parser->sax->internalSubset = refuse_doctype;
    parser->sax->serror = take_error;
    document->tree = xmlCtxtReadMemory(parser, document->text.ptr, (int)document->text.len, NULL,
                                       "UTF-8", XML_OPTIONS | XML_PARSE_IGNORE_ENC);
    if (load.failed) {
        status = STATUS_INVALID;
    } else if (!document->tree || !parser->wellFormed || !parser->nsWellFormed ||
               document->tree->intSubset || !xmlDocGetRootElement(document->tree) ||
               load.count != document->node_count) {
        diag_report(diag, RULE_XML_SYNTAX, (struct where){document->identity.name, 1, 1, 0},
                    "the parser did not reach the end");
        status = STATUS_INVALID;
    }
    xmlFreeParserCtxt(parser);
    return status;
}

/* --- loading --- */

bool xml_is_mended(const struct xml_document *document)
{
    return document->mends > 0;
}

bool xml_is_ours(const struct xml_document *document)
{
    const xmlNode *node = document->tree ? xmlDocGetRootElement(document->tree) : NULL;

    return document->is_valid ||
           (node && node->ns && xmlStrEqual(node->ns->href, (const xmlChar *)XML_NAMESPACE));
}

static enum status check_root(const struct xml_document *document, const char *root,
                              bool in_namespace, struct diag *diag)
{
    const xmlNode *node = xmlDocGetRootElement(document->tree);
    struct where where = xml_where(document, xml_node_of(node));

    if (root && !xmlStrEqual(node->name, (const xmlChar *)root)) {
        diag_report(diag, RULE_XML_ROOT, where, "it begins with '%s', wanted is '%s'",
                    (const char *)node->name, root);
        return STATUS_INVALID;
    }
    if (in_namespace && !xml_is_ours(document)) {
        diag_report(diag, RULE_XML_ROOT, where, "'%s' is not in the namespace '%s'",
                    (const char *)node->name, XML_NAMESPACE);
        diag_hint(diag, "write <%s xmlns=\"%s\" ...>", (const char *)node->name, XML_NAMESPACE);
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

/* By libxml2: what has anything unusual or wrong in it. */
static enum status load_tree(struct xml_document *document, struct diag *diag)
{
    enum status status = xml_guard(document, diag);

    if (status == STATUS_OK)
        status = xml_parse(document, diag);
    return status == STATUS_OK ? xml_take_tree(document, diag) : status;
}

static enum status decode(struct xml_document *document, struct str bytes, struct diag *diag)
{
    if (bytes.len > 0)
        return xml_decode(document, bytes, diag);
    diag_report(diag, RULE_XML_SYNTAX, (struct where){document->identity.name, 1, 1, 0},
                "the document is empty");
    return STATUS_INVALID;
}

/* Read, and valid if that was plain to see. */
static enum status read_text(struct xml_document *document, const struct xml_schema *schema,
                             const char *root, struct diag *diag)
{
    enum status status;
    size_t offset;

    switch (quick_read(document, schema ? schema->shape : NULL, root, &offset)) {
    case QUICK_READ:
        document->is_valid = schema != NULL;
        return STATUS_OK;
    case QUICK_NO_MEMORY:
        return diag_no_memory(diag);
    case QUICK_LEFT:
        break;
    }
    if (document->text.len > LIMIT_TREE_BYTES) {
        status = diag_limit(diag, xml_where_offset(document, offset),
                            "here is something wrong or unusual, and the number of bytes",
                            LIMIT_TREE_BYTES);
        diag_hint(diag, "what is larger must be wholly valid, in plain UTF-8");
        return status;
    }
    return load_tree(document, diag);
}

static enum status read_bytes(struct xml_document *document, struct str bytes, bool reads_on,
                              const struct xml_schema *schema, const char *root, struct diag *diag)
{
    enum status status = decode(document, bytes, diag);

    if (status == STATUS_INVALID && reads_on && xml_mend(document, bytes))
        status = STATUS_OK;
    if (status != STATUS_OK)
        return status;
    do {
        status = read_text(document, schema, root, diag);
    } while (status == STATUS_INVALID && reads_on && xml_mend(document, bytes));
    return status;
}

static enum status read_source(struct source *source, bool reads_on,
                               const struct xml_schema *schema, const char *root,
                               struct diag *diag, struct xml_document **ret_document)
{
    struct xml_document *document = mem_alloc(1, sizeof *document);
    struct str bytes = {NULL, 0};
    enum status status;

    if (!document)
        return diag_no_memory(diag);
    arena_init(&document->arena);
    status = source_read_all(source, LIMIT_DOCUMENT_BYTES, &document->arena, diag, &bytes,
                             &document->identity);
    if (status == STATUS_OK) {
        document->identity.name = arena_str(&document->arena, source_name(source));
        status = document->identity.name.ptr ? read_bytes(document, bytes, reads_on, schema, root, diag)
                                             : diag_no_memory(diag);
    }
    if (status == STATUS_OK) {
        *ret_document = document;
        return STATUS_OK;
    }
    xml_free(document);
    return status;
}

/* What is left to say after reading. */
static enum status check(struct xml_document *document, const struct xml_schema *schema,
                         const char *root, struct diag *diag)
{
    enum status status;

    if (document->is_valid || !document->tree)
        return STATUS_OK;
    status = check_root(document, root, schema != NULL, diag);
    if (status != STATUS_OK || !schema)
        return status;
    shape_assign(schema->shape, document);
    status = xml_check(document, schema, diag);
    document->is_valid = status == STATUS_OK;
    return status;
}

enum status xml_load(struct source *source, const struct xml_schema *schema, const char *root,
                     struct diag *diag, struct xml_document **ret_document)
{
    struct xml_document *document = NULL;
    enum status status =
        read_source(source, /* reads_on= */ false, schema, root, diag, &document);

    if (status == STATUS_OK)
        status = check(document, schema, root, diag);
    if (status == STATUS_OK)
        *ret_document = document;
    else
        xml_free(document);
    return status;
}

enum status xml_read(struct source *source, const struct xml_schema *schema, struct diag *diag,
                     struct xml_document **ret_document)
{
    return read_source(source, /* reads_on= */ true, schema, /* root= */ NULL, diag, ret_document);
}

enum status xml_validate(struct xml_document *document, const struct xml_schema *schema,
                         struct diag *diag)
{
    if (document->tree)
        xml_tell_hints(document, diag);
    return check(document, schema, /* root= */ NULL, diag);
}

struct xml_document *xml_keep(struct xml_document *document)
{
    document->more_owners++;
    return document;
}

void xml_free(struct xml_document *document)
{
    bool is_large;
    size_t i;

    if (!document)
        return;
    if (document->more_owners > 0) {
        document->more_owners--;
        return;
    }
    is_large = document->node_count > LARGE_TREE;
    for (i = 0; i < document->taken_count; i++) {
        if (document->taken[i].element)
            xmlFreeNode(document->taken[i].element);
        if (document->taken[i].attribute)
            xmlFreeProp(document->taken[i].attribute);
    }
    mem_free(document->taken);
    if (document->tree)
        xmlFreeDoc(document->tree);
    mem_free(document->nodes);
    arena_done(&document->arena);
    mem_free(document);
    if (is_large)
        mem_trim();
}
