/* Sources: blocks, identity, compression, pointers, expansion of paths. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "source/source.h"

struct fixture {
    char folder[64];
    struct diag diag;
    struct arena arena;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-source-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    diag_init(&f->diag);
    arena_init(&f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[200];

    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", f->folder, f->folder);
    assert_int_equal(system(command), 0);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

static struct str path_of(struct fixture *f, const char *name)
{
    struct str path = arena_format(&f->arena, "%s/%s", f->folder, name);

    assert_non_null(path.ptr);
    return path;
}

static struct str make_file(struct fixture *f, const char *name, struct str bytes)
{
    struct str path = path_of(f, name);
    FILE *file = fopen(path.ptr, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* Lines of running numbers: poorly compressible enough to be many blocks, checkable at any point.
 */
static struct str numbers(struct fixture *f, size_t lines)
{
    struct buf buf;
    struct str copy;
    uint64_t x = 88172645463325252u;
    size_t i;

    buf_init(&buf, 1u << 28);
    for (i = 0; i < lines; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        buf_printf(&buf, "%zu,%016llx\n", i, (unsigned long long)x);
    }
    assert_false(buf.failed);
    copy = arena_str(&f->arena, buf_str(&buf));
    buf_done(&buf);
    return copy;
}

/* One gzip member by zlib, whose bytes do not depend on a tool. */
static struct str gzip_of(struct fixture *f, struct str plain)
{
    size_t room = plain.len + plain.len / 100 + 1000;
    char *out = arena_bytes(&f->arena, room);
    z_stream z;

    assert_non_null(out);
    memset(&z, 0, sizeof z);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)plain.ptr;
    z.avail_in = (uInt)plain.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    room -= z.avail_out;
    deflateEnd(&z);
    return (struct str){out, room};
}

static struct str join(struct fixture *f, struct str a, struct str b)
{
    char *both = arena_bytes(&f->arena, a.len + b.len + 1);

    memcpy(both, a.ptr, a.len);
    memcpy(both + a.len, b.ptr, b.len);
    return (struct str){both, a.len + b.len};
}

/* Reads to the end, putting marks into the headroom as a parser would. */
static enum status read_to_end(struct fixture *f, struct source *source, struct buf *out,
                               struct source_identity *identity)
{
    enum status status;
    char *block;
    size_t len;

    while ((status = source_next(source, &f->diag, &block, &len)) == STATUS_OK) {
        memset(block - SOURCE_HEADROOM, 'x', SOURCE_HEADROOM);
        assert_true(len > 0 && len <= SOURCE_BLOCK);
        buf_add(out, (struct str){block, len});
    }
    if (status != STATUS_END)
        return status;
    assert_int_equal(source_next(source, &f->diag, &block, &len), STATUS_END);
    return source_finish(source, &f->diag, identity);
}

static void check_content(struct fixture *f, struct str path, size_t block, struct str plain,
                          struct str stored)
{
    struct source_identity identity;
    struct source *source;
    struct sha256 sum;
    struct buf out;

    buf_init(&out, 1u << 28);
    assert_int_equal(source_open(path, &f->diag, &source), STATUS_OK);
    if (block)
        source_set_block(source, block);
    assert_int_equal(read_to_end(f, source, &out, &identity), STATUS_OK);
    assert_int_equal(out.len, plain.len);
    assert_memory_equal(out.bytes ? out.bytes : "", plain.ptr, plain.len);
    assert_true(digest_bytes(stored, &sum));
    assert_memory_equal(identity.sha256.bytes, sum.bytes, sizeof sum.bytes);
    assert_int_equal(identity.bytes, stored.len);
    assert_int_equal(identity.stream, plain.len);
    assert_false(identity.truncated);
    assert_true(str_equal(identity.name, path));
    assert_int_equal(f->diag.count, 0);
    source_close(source);
    buf_done(&out);
}

static void plain_file_in_blocks_of_any_size(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 7, 64, 4096, SOURCE_BLOCK};
    struct fixture *f = *state;
    struct str small = numbers(f, 300);
    struct str large = numbers(f, 200000);
    size_t i;

    for (i = 0; i < ARRAY_LEN(sizes); i++)
        check_content(f, make_file(f, "small.txt", small), sizes[i], small, small);
    assert_true(large.len > 4 * SOURCE_BLOCK);
    check_content(f, make_file(f, "large.txt", large), 0, large, large);
    check_content(f, make_file(f, "large.txt", large), 1000, large, large);
    check_content(f, make_file(f, "empty", STR("")), 0, STR(""), STR(""));
}

static void digest_is_the_published_one(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct source *source;
    struct sha256_text text;

    /* FIPS 180-4, example "abc" */
    assert_int_equal(source_open(make_file(f, "abc", STR("abc")), &f->diag, &source), STATUS_OK);
    assert_int_equal(source_finish(source, &f->diag, &identity), STATUS_OK);
    text = digest_text(&identity.sha256);
    assert_string_equal(text.hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    source_close(source);
}

static struct str slurp(struct fixture *f, struct str path)
{
    FILE *file = fopen(path.ptr, "rb");
    struct stat info;
    char *bytes;

    assert_non_null(file);
    assert_int_equal(stat(path.ptr, &info), 0);
    bytes = arena_bytes(&f->arena, (size_t)info.st_size + 1);
    assert_int_equal(fread(bytes, 1, (size_t)info.st_size, file), (size_t)info.st_size);
    fclose(file);
    return (struct str){bytes, (size_t)info.st_size};
}

static bool compress_by(struct fixture *f, const char *tool, const char *plain, const char *packed)
{
    struct str command = arena_format(&f->arena, "%s -c %s/%s > %s/%s 2>/dev/null", tool, f->folder,
                                      plain, f->folder, packed);

    return system(command.ptr) == 0;
}

static const char *const tools[] = {"gzip", "bzip2", "xz", "zstd -q"};

static void compressed_equals_plain(void **state)
{
    struct fixture *f = *state;
    struct str plain = numbers(f, 60000);
    size_t i;

    make_file(f, "plain.txt", plain);
    make_file(f, "nothing.txt", STR(""));
    for (i = 0; i < ARRAY_LEN(tools); i++) {
        struct str packed = path_of(f, "misleading.csv");

        assert_true(compress_by(f, tools[i], "plain.txt", "misleading.csv"));
        check_content(f, packed, 0, plain, slurp(f, packed));
        check_content(f, packed, 777, plain, slurp(f, packed));
        assert_true(compress_by(f, tools[i], "nothing.txt", "misleading.csv"));
        check_content(f, packed, 0, STR(""), slurp(f, packed));
    }
}

static void members_one_after_the_other(void **state)
{
    struct fixture *f = *state;
    struct str first = numbers(f, 5000);
    struct str plain = join(f, first, STR("end\n"));
    size_t i;

    make_file(f, "a", first);
    make_file(f, "b", STR("end\n"));
    for (i = 0; i < ARRAY_LEN(tools); i++) {
        struct str both;

        assert_true(compress_by(f, tools[i], "a", "a.packed"));
        assert_true(compress_by(f, tools[i], "b", "b.packed"));
        both = join(f, slurp(f, path_of(f, "a.packed")), slurp(f, path_of(f, "b.packed")));
        check_content(f, make_file(f, "both", both), 0, plain, both);
        check_content(f, make_file(f, "both", both), 16, plain, both);
    }
}

static void check_last(struct fixture *f, const char *rule, uint64_t line, const char *text)
{
    const struct diagnostic *last;

    assert_true(f->diag.count > 0);
    last = &f->diag.list[f->diag.count - 1];
    assert_string_equal(rule_info(last->rule)->name, rule);
    assert_int_equal(last->where.line, line);
    if (text)
        assert_string_equal(last->text.ptr, text);
}

/* Cut anywhere, the data up to the cut come out, and the end says that something is missing. */
static void truncated_gzip_gives_what_is_there(void **state)
{
    struct fixture *f = *state;
    struct str plain = numbers(f, 400);
    struct str packed = gzip_of(f, plain);
    size_t before = 0;
    size_t cut;

    for (cut = 2; cut < packed.len; cut += cut < 40 || cut > packed.len - 20 ? 1 : 97) {
        struct source_identity identity;
        struct source *source;
        struct buf out;
        struct str path = make_file(f, "cut.gz", (struct str){packed.ptr, cut});
        struct sha256 sum;
        size_t lines = 0;
        size_t i;

        buf_init(&out, 1u << 24);
        assert_int_equal(source_open(path, &f->diag, &source), STATUS_OK);
        assert_int_equal(read_to_end(f, source, &out, &identity), STATUS_OK);
        assert_true(identity.truncated && source_is_truncated(source));
        assert_true(out.len <= plain.len && out.len >= before);
        assert_memory_equal(out.bytes ? out.bytes : "", plain.ptr, out.len);
        before = out.len;
        for (i = 0; i < out.len; i++)
            lines += plain.ptr[i] == '\n';
        check_last(f, "source-truncated", lines + 1,
                   arena_format(&f->arena,
                                "compressed data break off: data missing after line %zu, byte %zu",
                                lines, out.len)
                       .ptr);
        assert_true(digest_bytes((struct str){packed.ptr, cut}, &sum));
        assert_memory_equal(identity.sha256.bytes, sum.bytes, sizeof sum.bytes);
        diag_done(&f->diag);
        source_close(source);
        buf_done(&out);
    }
    /* all but the check sum was there */
    assert_int_equal(before, plain.len);
}

static void truncated_others_say_so(void **state)
{
    struct fixture *f = *state;
    struct str plain = numbers(f, 60000);
    size_t i;

    make_file(f, "plain.txt", plain);
    for (i = 1; i < ARRAY_LEN(tools); i++) {
        struct str packed;
        size_t part;

        assert_true(compress_by(f, tools[i], "plain.txt", "packed"));
        packed = slurp(f, path_of(f, "packed"));
        for (part = 1; part < 16; part++) {
            struct source_identity identity;
            struct source *source;
            struct buf out;
            struct str path = make_file(f, "cut", (struct str){packed.ptr, packed.len / 16 * part});

            buf_init(&out, 1u << 26);
            assert_int_equal(source_open(path, &f->diag, &source), STATUS_OK);
            assert_int_equal(read_to_end(f, source, &out, &identity), STATUS_OK);
            assert_true(identity.truncated);
            assert_true(out.len < plain.len);
            assert_memory_equal(out.bytes ? out.bytes : "", plain.ptr, out.len);
            assert_int_equal(f->diag.by_rule[RULE_SOURCE_TRUNCATED], 1);
            diag_done(&f->diag);
            source_close(source);
            buf_done(&out);
        }
    }
}

static enum status read_file(struct fixture *f, struct str path, struct source_identity *identity)
{
    struct source *source;
    enum status status;
    struct buf out;

    buf_init(&out, 1u << 28);
    status = source_open(path, &f->diag, &source);
    if (status == STATUS_OK) {
        status = read_to_end(f, source, &out, identity);
        source_close(source);
    }
    buf_done(&out);
    return status;
}

static void garbage_behind_a_member(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct str packed = gzip_of(f, STR("one\ntwo\n"));
    struct str path = make_file(f, "g.gz", join(f, packed, STR("garbage")));

    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    assert_true(identity.truncated);
    assert_int_equal(identity.stream, 8);
    assert_int_equal(identity.bytes, packed.len + 7);
    check_last(f, "source-garbage", 3,
               "bytes behind the compressed data: the gzip data end after line 2, byte 8, but the "
               "file goes on");

    diag_done(&f->diag);
    path = make_file(f, "g.gz", join(f, packed, (struct str){"\x1f\x8bgarbage", 9}));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    check_last(f, "source-garbage", 3, NULL);

    /* zero padding is what tapes and block copies add */
    diag_done(&f->diag);
    path = make_file(f, "g.gz", join(f, packed, (struct str){"\0\0\0\0\0\0\0\0", 8}));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    assert_false(identity.truncated);
    assert_int_equal(f->diag.count, 0);

    make_file(f, "one", STR("one\n"));
    assert_true(compress_by(f, "bzip2", "one", "g.bz2"));
    path = make_file(f, "g.bz2", join(f, slurp(f, path_of(f, "g.bz2")), STR("garbage")));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    check_last(f, "source-garbage", 2, NULL);
}

/* One frame after the other is one text; a flipped bit is refused by the check sum. */
static void frames_of_zstd(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct str one;
    struct str bad;
    struct str path;

    make_file(f, "one", STR("one\ntwo\n"));
    assert_true(compress_by(f, "zstd -q", "one", "one.zst"));
    one = slurp(f, path_of(f, "one.zst"));
    path = make_file(f, "g.zst", join(f, one, one));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    assert_false(identity.truncated);
    assert_int_equal(identity.stream, 16);
    assert_int_equal(f->diag.count, 0);

    path = make_file(f, "g.zst", join(f, one, STR("garbage")));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    assert_true(identity.truncated);
    assert_int_equal(identity.bytes, one.len + 7);
    check_last(f, "source-garbage", 3,
               "bytes behind the compressed data: the zstd data end after line 2, byte 8, but the "
               "file goes on");

    diag_done(&f->diag);
    bad = join(f, one, STR(""));
    ((char *)(uintptr_t)bad.ptr)[bad.len - 6] ^= 1; /* of the text: the check sum is behind it */
    assert_int_equal(read_file(f, make_file(f, "bad.zst", bad), &identity), STATUS_IO);
    assert_int_equal(f->diag.by_rule[RULE_SOURCE_DAMAGED], 1);
}

/* A bit that flipped must never come out as data: each one is refused. */
static void damaged_gzip_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str plain = numbers(f, 50);
    struct str packed = gzip_of(f, plain);
    size_t at;

    for (at = 10; at < packed.len; at += 3) {
        struct source_identity identity;
        struct str bad = join(f, packed, STR(""));
        enum status status;

        ((char *)(uintptr_t)bad.ptr)[at] ^= 0x10;
        status = read_file(f, make_file(f, "bad.gz", bad), &identity);
        if (status == STATUS_OK)
            assert_true(identity.truncated);
        else
            assert_int_equal(status, STATUS_IO);
        diag_done(&f->diag);
    }
    ((char *)(uintptr_t)packed.ptr)[packed.len - 5] ^= 1;
    {
        struct source_identity identity;

        assert_int_equal(read_file(f, make_file(f, "bad.gz", packed), &identity), STATUS_IO);
        check_last(f, "source-damaged", 51,
                   arena_format(&f->arena,
                                "compressed data are damaged: gzip: incorrect data check, after "
                                "byte %zu",
                                plain.len)
                       .ptr);
    }
}

static void bomb_meets_the_ratio(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct str command =
        arena_format(&f->arena, "head -c 80000000 /dev/zero | gzip -9 > %s/bomb.gz", f->folder);

    assert_int_equal(system(command.ptr), 0);
    assert_int_equal(read_file(f, path_of(f, "bomb.gz"), &identity), STATUS_LIMIT);
    check_last(f, "limit", 0,
               "limit exceeded: the ratio of decompressed to stored bytes is more than 200");
}

static void pointers_are_refused(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct source *source;
    struct str path;

    path = make_file(f, "lfs.csv",
                     STR("version https://git-lfs.github.com/spec/v1\n"
                         "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e\n"
                         "size 12345\n"));
    assert_int_equal(read_file(f, path, &identity), STATUS_INVALID);
    check_last(f, "source-pointer", 1,
               "file is a pointer, not data: Git LFS keeps the content elsewhere");
    assert_string_equal(f->diag.list[0].hint.ptr, "fetch it with: git lfs pull");

    path = make_file(f, "annex.csv", STR("/annex/objects/SHA256E-s5--abc.csv\n"));
    assert_int_equal(read_file(f, path, &identity), STATUS_INVALID);
    check_last(f, "source-pointer", 1,
               "file is a pointer, not data: git-annex keeps the content elsewhere");

    path = path_of(f, "link.csv");
    assert_int_equal(symlink("../.git/annex/objects/Gx/2p/KEY/KEY", path.ptr), 0);
    assert_int_equal(source_open(path, &f->diag, &source), STATUS_INVALID);
    check_last(f, "source-pointer", 1,
               "file is a pointer, not data: git-annex keeps the content elsewhere");

    /* text that only speaks of an annex is data */
    diag_done(&f->diag);
    path = make_file(f, "notes.txt", STR("see .git/annex/objects/ for more\nsecond line\n"));
    assert_int_equal(read_file(f, path, &identity), STATUS_OK);
    assert_int_equal(f->diag.count, 0);
}

static void what_cannot_be_opened(void **state)
{
    struct fixture *f = *state;
    struct source *source;
    struct str path = path_of(f, "none.csv");

    assert_int_equal(source_open(path, &f->diag, &source), STATUS_IO);
    check_last(
        f, "source-open", 0,
        arena_format(&f->arena, "cannot open: '%s': No such file or directory", path.ptr).ptr);
    assert_int_equal(source_open(str_of(f->folder), &f->diag, &source), STATUS_IO);
    check_last(f, "source-open", 0,
               arena_format(&f->arena, "cannot open: '%s': Is a directory", f->folder).ptr);
}

static struct source *open_one(struct fixture *f, struct str bytes, bool is_file)
{
    struct source *source;

    if (is_file) {
        assert_int_equal(source_open(make_file(f, "again", bytes), &f->diag, &source), STATUS_OK);
        source_set_block(source, 4096);
    } else {
        assert_int_equal(source_open_memory(STR("m"), bytes, &f->diag, &source), STATUS_OK);
    }
    return source;
}

/* Whatever of it has been used, and read ahead, before. */
static void check_rewind(struct fixture *f, struct source *source, unsigned blocks,
                         struct str wanted, struct source_identity *ret_identity)
{
    struct buf out;
    char *block;
    size_t len;

    buf_init(&out, 1u << 26);
    while (blocks--)
        assert_int_equal(source_next(source, &f->diag, &block, &len), STATUS_OK);
    assert_int_equal(source_rewind(source, &f->diag), STATUS_OK);
    assert_int_equal(read_to_end(f, source, &out, ret_identity), STATUS_OK);
    assert_int_equal(out.len, wanted.len);
    assert_memory_equal(out.bytes, wanted.ptr, wanted.len);
    assert_int_equal(source_rewind(source, &f->diag), STATUS_OK);
    buf_done(&out);
}

static void memory_and_rewind(void **state)
{
    struct fixture *f = *state;
    struct str plain = numbers(f, 100000);
    struct str packed = gzip_of(f, plain);
    unsigned i;

    for (i = 0; i < 4; i++) {
        struct str bytes = i & 1 ? packed : plain;
        struct source_identity identities[4];
        struct source *source = open_one(f, bytes, /* is_file= */ i >= 2);
        struct sha256 sum;
        unsigned k;

        assert_true(digest_bytes(bytes, &sum));
        check_rewind(f, source, 1, plain, &identities[0]);
        for (k = 1; k < 4; k++)
            check_rewind(f, source, i >= 2 ? 5 * k : 0, plain, &identities[k]);
        for (k = 0; k < 4; k++) {
            assert_memory_equal(identities[k].sha256.bytes, sum.bytes, 32);
            assert_int_equal(identities[k].bytes, bytes.len);
        }
        source_close(source);
    }
}

/* Standard input is a pipe: it can be read once, or spooled and read twice. */
static void standard_input(void **state)
{
    struct fixture *f = *state;
    struct str text = numbers(f, 1000);
    int saved = dup(STDIN_FILENO);
    unsigned round;

    for (round = 0; round < 2; round++) {
        struct source_identity identity;
        struct source *source;
        struct buf out;
        int ends[2];

        buf_init(&out, 1u << 20);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], text.ptr, text.len), (ssize_t)text.len);
        close(ends[1]);
        assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
        close(ends[0]);
        assert_int_equal(source_open(STR("-"), &f->diag, &source), STATUS_OK);
        if (round == 1)
            assert_int_equal(source_spool(source, &f->diag), STATUS_OK);
        assert_int_equal(read_to_end(f, source, &out, &identity), STATUS_OK);
        assert_int_equal(out.len, text.len);
        assert_int_equal(source_rewind(source, &f->diag), round == 1 ? STATUS_OK : STATUS_IO);
        if (round == 1) {
            buf_clear(&out);
            assert_int_equal(read_to_end(f, source, &out, &identity), STATUS_OK);
            assert_int_equal(out.len, text.len);
            assert_memory_equal(out.bytes, text.ptr, text.len);
        } else {
            check_last(f, "source-read", 0, "cannot read: a pipe cannot be read twice");
        }
        source_close(source);
        buf_done(&out);
    }
    assert_true(dup2(saved, STDIN_FILENO) >= 0);
    close(saved);
}

static void whole_content_within_a_limit(void **state)
{
    struct fixture *f = *state;
    struct source_identity identity;
    struct source *source;
    struct str bytes;

    assert_int_equal(source_open(make_file(f, "d.xml", STR("<a/>")), &f->diag, &source), STATUS_OK);
    assert_int_equal(source_read_all(source, 4, &f->arena, &f->diag, &bytes, &identity), STATUS_OK);
    assert_true(str_is(bytes, "<a/>"));
    assert_int_equal(source_rewind(source, &f->diag), STATUS_OK);
    assert_int_equal(source_read_all(source, 3, &f->arena, &f->diag, &bytes, &identity),
                     STATUS_LIMIT);
    check_last(f, "limit", 0, "limit exceeded: the number of bytes is more than 3");
    source_close(source);
    assert_int_equal(source_open(make_file(f, "e.xml", STR("")), &f->diag, &source), STATUS_OK);
    assert_int_equal(source_read_all(source, 4, &f->arena, &f->diag, &bytes, &identity), STATUS_OK);
    assert_true(bytes.ptr && bytes.len == 0);
    source_close(source);
}

static void check_names(struct fixture *f, const char *const *paths, size_t count,
                        const char *wanted)
{
    struct str list[8];
    struct str *names;
    size_t name_count;
    struct buf out;
    size_t i;

    buf_init(&out, 10000);
    for (i = 0; i < count; i++)
        list[i] = paths[i][0] == '-' ? str_of(paths[i]) : path_of(f, paths[i]);
    assert_int_equal(source_expand(&f->arena, list, count, &f->diag, &names, &name_count),
                     STATUS_OK);
    for (i = 0; i < name_count; i++) {
        struct str name = names[i];

        if (name.len > strlen(f->folder)) {
            name.ptr += strlen(f->folder) + 1;
            name.len -= strlen(f->folder) + 1;
        }
        buf_printf(&out, "%.*s ", STR_ARG(name));
    }
    assert_string_equal(out.bytes ? out.bytes : "", wanted);
    buf_done(&out);
}

static void paths_become_files(void **state)
{
    struct fixture *f = *state;
    const char *folder[] = {"d"};
    const char *glob[] = {"d/*.csv", "d/b.csv", "-"};
    const char *literal[] = {"d/x[1].csv"};
    const char *nothing[] = {"d/*.none", "d/empty"};
    const char *missing[] = {"d/missing.csv"};
    struct str path;
    struct str *names;
    size_t count;

    assert_int_equal(mkdir(path_of(f, "d").ptr, 0700), 0);
    assert_int_equal(mkdir(path_of(f, "d/sub").ptr, 0700), 0);
    assert_int_equal(mkdir(path_of(f, "d/empty").ptr, 0700), 0);
    make_file(f, "d/b.csv", STR("b"));
    make_file(f, "d/a.csv", STR("a"));
    make_file(f, "d/B.csv", STR("B"));
    make_file(f, "d/.hidden.csv", STR("h"));
    make_file(f, "d/sub/c.csv", STR("c"));
    make_file(f, "d/x[1].csv", STR("x"));
    assert_int_equal(symlink("..", path_of(f, "d/loop").ptr), 0);
    check_names(f, folder, 1, "d/B.csv d/a.csv d/b.csv d/sub/c.csv d/x[1].csv ");
    check_names(f, glob, 3, "- d/B.csv d/a.csv d/b.csv d/x[1].csv ");
    check_names(f, literal, 1, "d/x[1].csv ");
    assert_int_equal(f->diag.count, 0);
    check_names(f, nothing, 2, "");
    assert_int_equal(f->diag.by_rule[RULE_SOURCE_NONE], 2);
    path = path_of(f, missing[0]);
    assert_int_equal(source_expand(&f->arena, &path, 1, &f->diag, &names, &count), STATUS_USAGE);
    check_last(
        f, "source-open", 0,
        arena_format(&f->arena, "cannot open: '%s': No such file or directory", path.ptr).ptr);
}

/* Each allocation fails in turn: an error, never a crash or a leak. */
static void memory_running_out(void **state)
{
    struct fixture *f = *state;
    struct str path = make_file(f, "m.gz", gzip_of(f, numbers(f, 10)));
    unsigned long nth;
    bool reached_end = false;

    for (nth = 1; nth < 40 && !reached_end; nth++) {
        struct source_identity identity;
        struct source *source = NULL;
        enum status status;
        char *block;
        size_t len;

        mem_fail_at(nth);
        status = source_open(path, &f->diag, &source);
        while (status == STATUS_OK)
            status = source_next(source, &f->diag, &block, &len);
        if (status == STATUS_END)
            status = source_finish(source, &f->diag, &identity);
        mem_fail_at(0);
        reached_end = status == STATUS_OK;
        if (!reached_end)
            assert_int_equal(status, STATUS_MEMORY);
        source_close(source);
        diag_done(&f->diag);
    }
    assert_true(reached_end && nth > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_file_in_blocks_of_any_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digest_is_the_published_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(compressed_equals_plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members_one_after_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(truncated_gzip_gives_what_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(truncated_others_say_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(garbage_behind_a_member, set_up, tear_down),
        cmocka_unit_test_setup_teardown(frames_of_zstd, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_gzip_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bomb_meets_the_ratio, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pointers_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_opened, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_and_rewind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(standard_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whole_content_within_a_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paths_become_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_running_out, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
