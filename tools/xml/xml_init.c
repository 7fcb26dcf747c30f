#include "xml/xml_private.h"

#include <string.h>
#include <unistd.h>

#include <libxml/xmlmemory.h>
#include <libxml/xmlschemastypes.h>

#include "base/mem.h"
#include "base/output.h"
#include "xml/xml.h"

_Noreturn static void out_of_memory(void)
{
    static const char text[] = "fatal: out of memory [no-memory]\n";
    ssize_t written;

    output_remove_temporary();
    written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written; /* nothing is left to do when even this fails */
    _exit(2);
}

/* Not zeroed: the library asks for no such thing, and the C library's calloc goes a slower way. */
static void *hook_malloc(size_t size)
{
    void *memory = mem_resize(NULL, 1, size);

    if (!memory)
        out_of_memory();
    return memory;
}

static void *hook_realloc(void *old, size_t size)
{
    void *memory = mem_resize(old, 1, size);

    if (!memory)
        out_of_memory();
    return memory;
}

static char *hook_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = hook_malloc(size);

    memcpy(copy, text, size);
    return copy;
}

/* Documents, DTDs, XInclude and schema includes all come through here: nothing is ever loaded. */
static xmlParserInput *deny_all(const char *url, const char *id, xmlParserCtxt *context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

static void ignore_generic(void *context, const char *message, ...)
{
    (void)context;
    (void)message;
}

static void ignore_structured(void *context, xml_error *error)
{
    (void)context;
    (void)error;
}

void xml_init(void)
{
    xmlMemSetup(mem_free, hook_malloc, hook_realloc, hook_strdup);
    xmlInitParser();
    xmlSetExternalEntityLoader(deny_all);
    xmlSetGenericErrorFunc(NULL, ignore_generic);
    xmlSetStructuredErrorFunc(NULL, ignore_structured);
}

void xml_done(void)
{
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlSetGenericErrorFunc(NULL, NULL);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
}

struct xml_message xml_message_of(const char *libxml2_text)
{
    struct xml_message message;
    struct str text = str_trim(str_of(libxml2_text ? libxml2_text : "unknown error"));
    size_t i = 0;

    /* "xmlParseEntityRef: no name" */
    if (str_starts(text, "xml"))
        while (i < text.len && text.ptr[i] != ' ')
            i++;
    if (i > 0 && i + 1 < text.len && text.ptr[i - 1] == ':')
        text = (struct str){text.ptr + i + 1, text.len - i - 1};
    while (text.len > 0 && text.ptr[text.len - 1] == '.')
        text.len--;
    if (text.len >= sizeof message.text)
        text.len = sizeof message.text - 1;
    text.len = utf8_valid_prefix(text);
    memcpy(message.text, text.ptr, text.len);
    message.text[text.len] = '\0';
    for (i = 0; i < text.len; i++)
        if (message.text[i] == '\n' || message.text[i] == '\r')
            message.text[i] = ' ';
    /* "Opening and ending tag mismatch", but not "EOF" or "PCDATA" */
    if (text.len > 1 && message.text[0] >= 'A' && message.text[0] <= 'Z' &&
        !(message.text[1] >= 'A' && message.text[1] <= 'Z'))
        message.text[0] = (char)(message.text[0] - 'A' + 'a');
    return message;
}
