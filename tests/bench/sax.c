/*
 * The bare speed of libxml2 on an event log: SAX2 push parsing that does nothing but count, in
 * blocks of 64 KiB. usage: sax FILE
 */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespaces, const xmlChar **declared,
                          int attributes, int defaulted, const xmlChar **values)
{
    unsigned long *count = context;

    (void)name;
    (void)prefix;
    (void)uri;
    (void)namespaces;
    (void)declared;
    (void)attributes;
    (void)defaulted;
    (void)values;
    ++*count;
}

int main(int argc, char **argv)
{
    static char block[1 << 16];
    unsigned long count = 0;
    xmlSAXHandler handler;
    xmlParserCtxtPtr parser;
    FILE *file;
    size_t len;
    int error;

    if (argc != 2 || !(file = fopen(argv[1], "rb"))) {
        fprintf(stderr, "usage: sax FILE\n");
        return 2;
    }
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start_element;
    parser = xmlCreatePushParserCtxt(&handler, &count, NULL, 0, argv[1]);
    if (!parser)
        return 2;
    while ((len = fread(block, 1, sizeof block, file)) > 0)
        xmlParseChunk(parser, block, (int)len, 0);
    error = xmlParseChunk(parser, block, 0, 1);
    xmlFreeParserCtxt(parser);
    xmlCleanupParser();
    fclose(file);
    printf("%lu elements\n", count);
    return error ? 1 : 0;
}
