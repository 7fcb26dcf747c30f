#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "text/rules_piece.h"
#include "text/rules_set.h"
#include "text/utf8_repair.h"

struct rules_scan {
    const struct rules *rules;
    enum rules_mode mode;
    enum rules_path path;
    struct regex_run *run;
    struct buf repaired;
    uint32_t *limits;
    uint64_t *open; /* rules that have not stopped */
    bool failed;
    struct rule_clock *clock; /* NULL: nobody wants to know */

    struct rules_piece piece; /* of the block that is matched now */
    size_t at; /* the entry of the piece that comes next */

    /* what the filter found in the piece */
    struct filter_hit *hits;
    size_t hit_count;
    size_t hit_at;
    size_t filtered; /* bytes of the piece it has looked at */

    /* the entry that rules are asked about */
    uint64_t *asked; /* rules to ask */
    size_t word;     /* of `asked` that comes next */
    bool is_asking;
    bool has_answer; /* there was a hit */
    size_t entry;    /* in the piece */
    struct str raw;
    struct str text;
    size_t bad_bytes;

    /* entries in a row without any hit, which the next hit ends */
    struct rules_hit none;
    struct rules_hit held;
    bool has_held;
};

/* --- making --- */

struct rules_scan *rules_scan_new(const struct rules *rules, enum rules_mode mode,
                                  enum rules_path path)
{
    struct rules_scan *scan = mem_alloc(1, sizeof *scan);

    if (!scan)
        return NULL;
    scan->rules = rules;
    scan->mode = mode;
    scan->path = rules_path_has(path) ? path : RULES_PORTABLE;
    buf_init(&scan->repaired, 3 * (size_t)LIMIT_LOG_LINE + 1);
    scan->run = regex_run_new(rules->groups);
    scan->limits = mem_alloc(rules->count + 1, sizeof *scan->limits);
    scan->open = mem_alloc(rules->words, sizeof *scan->open);
    scan->asked = mem_alloc(rules->words, sizeof *scan->asked);
    if (rules->filter)
        scan->hits = mem_alloc(rule_filter_room(rules->filter), sizeof *scan->hits);
    if (!rules_piece_init(&scan->piece) || !scan->run || !scan->limits || !scan->open ||
        !scan->asked || (rules->filter && !scan->hits)) {
        rules_scan_free(scan);
        return NULL;
    }
    memcpy(scan->open, rules->all, rules->words * sizeof *scan->open);
    return scan;
}

void rules_scan_free(struct rules_scan *scan)
{
    if (!scan)
        return;
    regex_run_free(scan->run);
    buf_done(&scan->repaired);
    rule_clock_free(scan->clock);
    mem_free(scan->limits);
    mem_free(scan->open);
    mem_free(scan->asked);
    rules_piece_done(&scan->piece);
    mem_free(scan->hits);
    mem_free(scan);
}

static void begin(struct rules_scan *scan, struct str block, const struct rules_entry *entries,
                  size_t count)
{
    rules_piece_begin(&scan->piece, block, entries, count);
    scan->at = 0;
    scan->is_asking = scan->has_held = false;
    scan->hit_count = scan->hit_at = scan->filtered = 0;
    scan->none.count = 0;
    if (scan->clock)
        rule_clock_begin(scan->clock);
}

void rules_scan_lines(struct rules_scan *scan, struct str block)
{
    begin(scan, block, NULL, 0);
}

void rules_scan_entries(struct rules_scan *scan, struct str block,
                        const struct rules_entry *entries, size_t count)
{
    static const struct rules_entry none;

    begin(scan, block, count ? entries : &none, count);
}

bool rules_scan_failed(const struct rules_scan *scan)
{
    return scan->failed;
}

const uint32_t *rules_scan_limits(const struct rules_scan *scan)
{
    return scan->limits;
}

bool rules_scan_has_stopped(const struct rules_scan *scan, size_t rule)
{
    return scan->limits[rule] >= LIMIT_RULE_STOPS;
}

bool rules_scan_take_time(struct rules_scan *scan, const struct time_source *source)
{
    rule_clock_free(scan->clock);
    scan->clock = rule_clock_new(scan->rules->count, source);
    return scan->clock != NULL;
}

uint64_t rules_scan_spent(const struct rules_scan *scan, size_t rule)
{
    return scan->clock ? scan->clock->spent[rule] : 0;
}

static void set_bit(uint64_t *set, size_t rule, bool is_on)
{
    if (is_on)
        set[rule / 64] |= 1ull << (rule & 63);
    else
        set[rule / 64] &= ~(1ull << (rule & 63));
}

void rules_scan_set_limits(struct rules_scan *scan, const uint32_t *limits)
{
    size_t i;

    for (i = 0; i < scan->rules->count; i++) {
        scan->limits[i] = limits[i];
        set_bit(scan->open, i, !rules_scan_has_stopped(scan, i));
    }
}

/* --- the filter --- */

/* False: the block is at its end. */
static bool next_piece(struct rules_scan *scan)
{
    scan->at = 0;
    scan->hit_count = scan->hit_at = scan->filtered = 0;
    return rules_piece_next(&scan->piece, scan->path);
}

/* False: nothing more was found in the piece. */
static bool has_filter_hit(struct rules_scan *scan)
{
    const struct rule_filter *filter = scan->rules->filter;
    struct str piece = {scan->piece.block.ptr + scan->piece.base, scan->piece.len};

    while (scan->hit_at == scan->hit_count) {
        if (!filter || scan->path == RULES_NAIVE || scan->filtered == scan->piece.len)
            return false;
        scan->hit_at = 0;
        scan->hit_count = rule_filter_run(filter, scan->path, piece, &scan->filtered, scan->hits);
    }
    return true;
}

/* Takes what was found up to `end`, into the rules to ask. */
static void take_filter_hits(struct rules_scan *scan, size_t end)
{
    while (has_filter_hit(scan) && scan->hits[scan->hit_at].place < end)
        set_bit(scan->asked, scan->hits[scan->hit_at++].rule, true);
}

static bool is_any(const uint64_t *set, size_t words)
{
    size_t i;

    for (i = 0; i < words; i++)
        if (set[i])
            return true;
    return false;
}

/* The next entry that any rule has to be asked about; the count of the piece: there is none. */
static size_t next_to_ask(struct rules_scan *scan, bool asks_all)
{
    const struct rules_piece *piece = &scan->piece;
    const uint32_t *behind = piece->entries ? piece->ends : piece->starts + 1;
    size_t entry = scan->at;

    if (asks_all)
        return entry;
    while (has_filter_hit(scan)) {
        size_t place = scan->hits[scan->hit_at].place;

        while (entry < piece->count && behind[entry] <= place)
            entry++;
        if (entry == piece->count || (rules_piece_start(piece, entry) <= place &&
                                      place < rules_piece_end(piece, entry)))
            return entry;
        scan->hit_at++; /* between entries, or in a line end */
    }
    return piece->count;
}

/* --- hits --- */

/* Entries from `from` up to `end` of the piece have no hit. */
static void add_none(struct rules_scan *scan, size_t from, size_t end)
{
    if (from == end)
        return;
    if (scan->none.count == 0)
        scan->none = (struct rules_hit){.outcome = RULES_NONE, .entry = scan->piece.entered + from,
                                        .start = rules_piece_block_start(&scan->piece, from)};
    scan->none.count += end - from;
    scan->none.end = rules_piece_block_end(&scan->piece, end - 1);
}

/* Entries without a hit come in front of the hit that ends them. */
static void put_hit(struct rules_scan *scan, const struct rules_hit *hit, struct rules_hit *ret_hit)
{
    if (scan->none.count == 0) {
        *ret_hit = *hit;
        return;
    }
    *ret_hit = scan->none;
    scan->none.count = 0;
    scan->held = *hit;
    scan->has_held = true;
}

/* Of the entry that is asked about. */
static struct rules_hit hit_of(const struct rules_scan *scan, enum rules_outcome outcome, size_t rule)
{
    size_t start = (size_t)(scan->raw.ptr - scan->piece.block.ptr);

    return (struct rules_hit){.outcome = outcome,
                              .rule = rule,
                              .entry = scan->piece.entered + scan->entry,
                              .count = 1,
                              .start = start,
                              .end = start + scan->raw.len};
}

/* --- asking --- */

/* Prepares the entry; false: memory is out. */
static bool begin_entry(struct rules_scan *scan, size_t entry, size_t end)
{
    size_t start = rules_piece_start(&scan->piece, entry);

    scan->entry = entry;
    scan->is_asking = true;
    scan->has_answer = false;
    scan->word = 0;
    scan->raw = (struct str){scan->piece.block.ptr + scan->piece.base + start, end - start};
    scan->text = scan->raw;
    scan->bad_bytes = 0;
    if (!scan->piece.is_ascii)
        scan->text = utf8_repair(scan->raw, &scan->repaired, &scan->bad_bytes);
    return scan->text.ptr != NULL;
}

static enum regex_answer match(struct rules_scan *scan, size_t rule)
{
    const struct regex *regex = scan->rules->regexes[rule];
    size_t place = (size_t)(scan->raw.ptr - scan->piece.block.ptr);
    enum regex_answer answer;

    if (!scan->clock)
        return regex_match(regex, scan->run, scan->text, 0);
    rule_clock_before(scan->clock, place);
    answer = regex_match(regex, scan->run, scan->text, 0);
    rule_clock_behind(scan->clock, rule, place + scan->raw.len);
    return answer;
}

static enum regex_answer ask(struct rules_scan *scan, size_t rule)
{
    enum regex_answer answer = match(scan, rule);

    /* whatever was looked for in front of it, what cannot match did not meet a limit */
    if (answer == REGEX_LIMIT && !needed_bytes_hold(scan->rules->needed[rule], scan->raw))
        return REGEX_NO;
    if (answer == REGEX_LIMIT && ++scan->limits[rule] >= LIMIT_RULE_STOPS)
        set_bit(scan->open, rule, false);
    return answer;
}

/* The next rule to ask; SIZE_MAX: no more. */
static size_t take_asked(struct rules_scan *scan)
{
    for (; scan->word < scan->rules->words; scan->word++) {
        uint64_t bits = scan->asked[scan->word] & scan->open[scan->word];

        if (bits) {
            scan->asked[scan->word] = bits & (bits - 1);
            return scan->word * 64 + (unsigned)__builtin_ctzll(bits);
        }
        scan->asked[scan->word] = 0;
    }
    return SIZE_MAX;
}

/* True: a hit of the entry. False: there is no more, and the next entry comes. */
static bool ask_on(struct rules_scan *scan, struct rules_hit *ret_hit)
{
    size_t rule;

    while ((rule = take_asked(scan)) != SIZE_MAX) {
        enum regex_answer answer = ask(scan, rule);
        struct rules_hit hit;

        if (answer == REGEX_NO)
            continue;
        hit = hit_of(scan, answer == REGEX_YES ? RULES_MATCH : RULES_LIMIT, rule);
        if (answer == REGEX_YES) {
            hit.text = scan->text;
            hit.bad_bytes = scan->bad_bytes;
            hit.spans = regex_spans(scan->run);
        }
        if (scan->mode == RULES_FIRST)
            memset(scan->asked, 0, scan->rules->words * sizeof *scan->asked);
        scan->has_answer = true;
        put_hit(scan, &hit, ret_hit);
        return true;
    }
    scan->is_asking = false;
    if (!scan->has_answer)
        add_none(scan, scan->entry, scan->entry + 1);
    return false;
}

/* Goes to the next entry that is asked about, or to the end of the piece. */
static void advance(struct rules_scan *scan)
{
    const struct rules *rules = scan->rules;
    bool is_naive = scan->path == RULES_NAIVE;
    const uint64_t *always = is_naive ? rules->all : rules->unserved;
    size_t entry = next_to_ask(scan, is_any(always, rules->words));
    size_t end;

    add_none(scan, scan->at, entry);
    scan->at = entry;
    if (entry == scan->piece.count)
        return;
    scan->at++;
    memcpy(scan->asked, always, rules->words * sizeof *always);
    end = rules_piece_end(&scan->piece, entry);
    take_filter_hits(scan, end);
    if (!begin_entry(scan, entry, end)) {
        scan->failed = true;
        scan->is_asking = false;
    }
}

/* A piece that is one entry, too long for any rule. */
static void pass_long(struct rules_scan *scan, struct rules_hit *ret_hit)
{
    struct rules_hit hit = {.outcome = RULES_LONG,
                            .entry = scan->piece.entered,
                            .count = 1,
                            .start = rules_piece_block_start(&scan->piece, 0),
                            .end = rules_piece_block_end(&scan->piece, 0)};

    scan->at = scan->piece.count;
    put_hit(scan, &hit, ret_hit);
}

bool rules_scan_next(struct rules_scan *scan, struct rules_hit *ret_hit)
{
    if (scan->has_held) {
        *ret_hit = scan->held;
        scan->has_held = false;
        return true;
    }
    while (!scan->failed) {
        if (scan->is_asking) {
            if (ask_on(scan, ret_hit))
                return true;
        } else if (scan->at < scan->piece.count) {
            if (scan->piece.is_long) {
                pass_long(scan, ret_hit);
                return true;
            }
            advance(scan);
        } else if (!next_piece(scan)) {
            break;
        }
    }
    if (scan->clock)
        rule_clock_end(scan->clock, scan->piece.block.len);
    if (scan->none.count == 0)
        return false;
    *ret_hit = scan->none;
    scan->none.count = 0;
    return true;
}
