/* Parts as lines of text and back (RFC 4648 for the base64). */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "part/part_frame.h"

/* Bytes of a part in one line; what a line has at most; hexadecimal digits of each SHA-256. */
enum { LINE_BYTES = 48 << 10, LINE_MOST = 70 << 10, KEY_DIGITS = 16, NUMBER_DIGITS = 8,
       PATH_BYTES = 4096 };
/* cfap-AUDIT-PART-NUMBER */
enum { KEY_BYTES = 5 + KEY_DIGITS + 1 + KEY_DIGITS + 1 + NUMBER_DIGITS };
static const uint64_t LINES_MOST = 99999999;

static const char key_start[] = "cfap-";
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* --- writing --- */

static void put_base64(struct buf *out, const unsigned char *bytes, size_t len)
{
    size_t i;
    size_t k;

    for (i = 0; i < len; i += 3) {
        size_t some = len - i < 3 ? len - i : 3;
        uint32_t bits = (uint32_t)bytes[i] << 16;

        if (some > 1)
            bits |= (uint32_t)bytes[i + 1] << 8;
        if (some > 2)
            bits |= bytes[i + 2];
        for (k = 0; k < 4; k++)
            buf_add_char(out, k <= some ? alphabet[bits >> (18 - 6 * k) & 63] : '=');
    }
}

struct line_writer {
    struct source *source;
    void (*write)(void *context, struct str bytes);
    void *context;
    const struct sha256 *audit;
    const struct sha256 *part;
    uint64_t total;
    struct buf bytes;
    struct buf line;
};

static enum status put_line(struct line_writer *writer, uint64_t number, struct diag *diag)
{
    buf_clear(&writer->line);
    buf_printf(&writer->line, "%s%.*s-%.*s-%0*llu\t%llu\t", key_start, KEY_DIGITS,
               digest_text(writer->audit).hex, KEY_DIGITS, digest_text(writer->part).hex,
               NUMBER_DIGITS, (unsigned long long)number, (unsigned long long)writer->total);
    put_base64(&writer->line, (const unsigned char *)writer->bytes.bytes, writer->bytes.len);
    buf_add_char(&writer->line, '\n');
    if (writer->line.failed)
        return diag_no_memory(diag);
    writer->write(writer->context, buf_str(&writer->line));
    buf_clear(&writer->bytes);
    return STATUS_OK;
}

static enum status put_lines(struct line_writer *writer, struct diag *diag)
{
    enum status status = STATUS_OK;
    uint64_t number = 0;
    char *block = NULL;
    size_t len = 0;

    while (status == STATUS_OK) {
        size_t some = LINE_BYTES - writer->bytes.len;

        if (len == 0) {
            status = source_next(writer->source, diag, &block, &len);
            continue;
        }
        some = some < len ? some : len;
        buf_add(&writer->bytes, (struct str){block, some});
        if (writer->bytes.failed)
            return diag_no_memory(diag);
        block += some;
        len -= some;
        if (writer->bytes.len == LINE_BYTES)
            status = put_line(writer, number++, diag);
    }
    if (status != STATUS_END)
        return status;
    return writer->bytes.len ? put_line(writer, number, diag) : STATUS_OK;
}

/* The size of the part: it is read for it, so that nobody has to know beforehand. */
static enum status measure(struct str path, struct diag *diag, uint64_t *ret_bytes)
{
    struct source_identity identity;
    struct source *source = NULL;
    enum status status = source_open(path, diag, &source);

    if (status == STATUS_OK)
        status = source_finish(source, diag, &identity);
    source_close(source);
    if (status == STATUS_OK)
        *ret_bytes = identity.stream;
    return status;
}

enum status part_lines_write(struct str path, const struct sha256 *audit, const struct sha256 *part,
                             void (*write)(void *context, struct str bytes), void *context,
                             struct diag *diag)
{
    struct line_writer writer = {.write = write, .context = context, .audit = audit, .part = part};
    uint64_t bytes = 0;
    enum status status = measure(path, diag, &bytes);

    if (status != STATUS_OK)
        return status;
    writer.total = (bytes + LINE_BYTES - 1) / LINE_BYTES;
    if (writer.total > LINES_MOST)
        return diag_limit(diag, WHERE_NONE, "the number of lines of a part", LINES_MOST);
    buf_init(&writer.bytes, LINE_BYTES);
    buf_init(&writer.line, LINE_MOST);
    status = source_open(path, diag, &writer.source);
    if (status == STATUS_OK)
        status = put_lines(&writer, diag);
    source_close(writer.source);
    buf_done(&writer.bytes);
    buf_done(&writer.line);
    return status;
}

/* --- inputs --- */

static enum status add(struct part_inputs *inputs, struct str name, struct str path,
                       struct scratch *scratch, struct diag *diag)
{
    struct str own_name = arena_str(inputs->arena, name);
    struct str own_path = arena_str(inputs->arena, path);

    if (!own_name.ptr || !own_path.ptr ||
        !mem_grow(&inputs->names, inputs->count, &inputs->capacity[0], sizeof *inputs->names) ||
        !mem_grow(&inputs->paths, inputs->count, &inputs->capacity[1], sizeof *inputs->paths) ||
        !mem_grow(&inputs->scratches, inputs->count, &inputs->capacity[2],
                  sizeof *inputs->scratches))
        return diag_no_memory(diag);
    inputs->names[inputs->count] = own_name;
    inputs->paths[inputs->count] = own_path;
    inputs->scratches[inputs->count++] = scratch;
    return STATUS_OK;
}

enum status part_inputs_add_scratch(struct part_inputs *inputs, struct str name,
                                    struct scratch *scratch, struct diag *diag)
{
    struct str path = {NULL, 0};
    enum status status = scratch_path(scratch, diag, &path);

    if (status == STATUS_OK)
        status = add(inputs, name, path, scratch, diag);
    if (status != STATUS_OK)
        scratch_free(scratch);
    return status;
}

void part_inputs_done(struct part_inputs *inputs)
{
    size_t i;

    for (i = 0; i < inputs->count; i++)
        scratch_free(inputs->scratches[i]);
    mem_free(inputs->names);
    mem_free(inputs->paths);
    mem_free(inputs->scratches);
    memset(inputs, 0, sizeof *inputs);
}

/* --- reading lines --- */

struct line_reader {
    struct part_inputs *inputs;
    struct diag *diag;
    struct str name; /* of the file of lines */
    uint64_t line;
    struct scratch *scratch; /* of the part at hand; NULL: none */
    char key[KEY_BYTES + 1]; /* of the line before */
    uint64_t next;           /* number of the line that comes */
    uint64_t total;
    struct buf bytes;
};

static enum status bad_line(const struct line_reader *reader, const char *what)
{
    diag_report(reader->diag, RULE_PART_LINES, (struct where){reader->name, reader->line, 1, 0},
                "%s", what);
    return STATUS_INVALID;
}

/* What of the key names the part. */
static const size_t part_key = KEY_BYTES - NUMBER_DIGITS;

static enum status end_part(struct line_reader *reader)
{
    struct scratch *scratch = reader->scratch;
    struct str name;

    if (!scratch)
        return STATUS_OK;
    if (reader->next != reader->total)
        return bad_line(reader, "the part of the line before is not complete");
    reader->scratch = NULL;
    name = arena_format(reader->inputs->arena, "%.*s:%.*s", STR_ARG(reader->name),
                        (int)part_key - 1, reader->key);
    if (!name.ptr) {
        scratch_free(scratch);
        return diag_no_memory(reader->diag);
    }
    return part_inputs_add_scratch(reader->inputs, name, scratch, reader->diag);
}

static int digit_of(char c)
{
    const char *found = c ? strchr(alphabet, c) : NULL;

    return found ? (int)(found - alphabet) : -1;
}

/* False: it is none. */
static bool get_base64(struct str text, struct buf *out)
{
    size_t pad = 0;
    size_t i;
    size_t k;

    while (pad < 2 && text.len > pad && text.ptr[text.len - 1 - pad] == '=')
        pad++;
    if (text.len % 4 != 0 || text.len == 0)
        return false;
    for (i = 0; i < text.len; i += 4) {
        size_t some = i + 4 == text.len ? 4 - pad : 4;
        uint32_t bits = 0;

        for (k = 0; k < 4; k++) {
            int digit = k < some ? digit_of(text.ptr[i + k]) : 0;

            if (digit < 0)
                return false;
            bits = bits << 6 | (uint32_t)digit;
        }
        for (k = 0; k + 1 < some; k++)
            buf_add_char(out, (char)(bits >> (16 - 8 * k) & 0xFF));
        if (some < 4 && bits & (some == 3 ? 0xFFu : 0xFFFFu))
            return false;
    }
    return true;
}

static bool get_number(struct str text, uint64_t *ret_number)
{
    int64_t number;

    if (!str_to_int64(text, &number) || number < 0 || (uint64_t)number > LINES_MOST)
        return false;
    *ret_number = (uint64_t)number;
    return true;
}

static enum status begin_part(struct line_reader *reader, struct str key, uint64_t total)
{
    enum status status = end_part(reader);

    if (status != STATUS_OK)
        return status;
    memcpy(reader->key, key.ptr, KEY_BYTES);
    reader->next = 0;
    reader->total = total;
    return scratch_new(reader->diag, &reader->scratch);
}

static enum status take_line(struct line_reader *reader, struct str line)
{
    struct str key;
    struct str count;
    struct str text = line;
    uint64_t number;
    uint64_t total;
    enum status status;

    reader->line++;
    if (line.len && line.ptr[line.len - 1] == '\r')
        text.len--;
    if (text.len == 0)
        return STATUS_OK;
    if (!str_split(&text, '\t', &key) || key.len != KEY_BYTES || !str_starts(key, key_start) ||
        !str_split(&text, '\t', &count) || !text.ptr || !get_number(count, &total) ||
        !get_number((struct str){key.ptr + part_key, NUMBER_DIGITS}, &number))
        return bad_line(reader, "no line of a part");
    if (!reader->scratch || memcmp(reader->key, key.ptr, part_key) != 0) {
        status = begin_part(reader, key, total);
        if (status != STATUS_OK)
            return status;
    }
    if (number != reader->next || total != reader->total || number >= total)
        return bad_line(reader, "another line of the part was to come");
    buf_clear(&reader->bytes);
    if (!get_base64(text, &reader->bytes))
        return bad_line(reader, "no base64");
    if (reader->bytes.failed)
        return diag_no_memory(reader->diag);
    scratch_write(reader->scratch, buf_str(&reader->bytes));
    reader->next++;
    return STATUS_OK;
}

/* The bytes at hand, of which a line may begin in those before. */
static enum status take_block(struct line_reader *reader, struct buf *line, const char *block,
                              size_t len)
{
    enum status status = STATUS_OK;

    while (len && status == STATUS_OK) {
        const char *end = memchr(block, '\n', len);
        size_t some = end ? (size_t)(end - block) : len;

        buf_add(line, (struct str){block, some});
        if (line->failed) {
            reader->line++;
            return bad_line(reader, "no line of a part is that long");
        }
        if (end) {
            status = take_line(reader, buf_str(line));
            buf_clear(line);
            some++;
        }
        block += some;
        len -= some;
    }
    return status;
}

static enum status read_lines(struct part_inputs *inputs, struct source *source, const char *block,
                              size_t len, struct diag *diag)
{
    struct line_reader reader = {.inputs = inputs, .diag = diag, .name = source_name(source)};
    enum status status = STATUS_OK;
    struct buf line;
    char *next = NULL;

    buf_init(&line, LINE_MOST);
    buf_init(&reader.bytes, LINE_MOST);
    while (status == STATUS_OK) {
        status = take_block(&reader, &line, block, len);
        if (status == STATUS_OK)
            status = source_next(source, diag, &next, &len);
        block = next;
    }
    if (status == STATUS_END)
        status = line.len ? take_line(&reader, buf_str(&line)) : STATUS_OK;
    if (status == STATUS_OK)
        status = end_part(&reader);
    scratch_free(reader.scratch);
    buf_done(&line);
    buf_done(&reader.bytes);
    return status;
}

/* --- reading what comes once --- */

static enum status copy(struct part_inputs *inputs, struct source *source, const char *block,
                        size_t len, struct diag *diag)
{
    struct scratch *scratch = NULL;
    enum status status = scratch_new(diag, &scratch);
    char *next = NULL;

    while (status == STATUS_OK) {
        if (len)
            scratch_write(scratch, (struct str){block, len});
        status = source_next(source, diag, &next, &len);
        block = next;
    }
    if (status == STATUS_END)
        return part_inputs_add_scratch(inputs, source_name(source), scratch, diag);
    scratch_free(scratch);
    return status;
}

enum status part_inputs_add(struct part_inputs *inputs, struct str name, struct diag *diag)
{
    struct source *source = NULL;
    char *block = NULL;
    size_t len = 0;
    enum status status = source_open(name, diag, &source);

    if (status == STATUS_OK)
        status = source_next(source, diag, &block, &len);
    if (status == STATUS_END)
        status = STATUS_OK;
    if (status == STATUS_OK) {
        if (len >= sizeof key_start - 1 && memcmp(block, key_start, sizeof key_start - 1) == 0)
            status = read_lines(inputs, source, block, len, diag);
        else if (source_reads_once(name))
            status = copy(inputs, source, block, len, diag);
        else
            status = add(inputs, name, name, NULL, diag);
    }
    source_close(source);
    return status;
}
