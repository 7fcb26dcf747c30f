/*
 * Many regular expressions over lines or entries of a log at once.
 *
 * Call: rules_new; rules_tune with a piece of what will be read, if there is one; for each thread
 *       rules_scan_new; for each block rules_scan_lines or rules_scan_entries, then rules_scan_next
 *       until it is false; rules_scan_free; rules_free.
 * Owns: the caller owns the set and the scans; a scan borrows the set. A block and its entries stay
 *       where they are until the last hit of them. What a hit points to holds until the next call.
 * Errors: STATUS_INVALID and STATUS_MEMORY of rules_new, as regex_new gives them. A scan that runs
 *         out of memory ends early and says so by rules_scan_failed.
 * Units: bytes from the start of the block; entries of a block counted from 0.
 *
 * The answers are those of PCRE2 for each rule on each entry alone. A filter stands in front: bytes
 * that every match of a rule must have are looked for in many rules at once, and only where they are
 * PCRE2 is asked. A rule in which no such bytes can be found is asked on every entry. Neither the
 * filter, nor what it was tuned with, nor the machine changes an answer.
 *
 * An entry whose bytes are not all UTF-8 is matched with U+FFFD in their place.
 * Limits: an entry longer than LIMIT_LOG_LINE is asked for by no rule. After LIMIT_RULE_STOPS
 *         entries on which a rule met a limit, the rule stops: it is then as if it were not there,
 *         and what rests on it is partial.
 * Source: buckets and shuffles of nibbles as in "Teddy", G. Langdale and others, Hyperscan; X. Wang et
 *         al., "Hyperscan: a fast multi-pattern regex matcher", NSDI 2019.
 * Threads: a set is constant once it is tuned; one scan, one thread.
 */
#ifndef CFAUDIT_TEXT_RULES_H
#define CFAUDIT_TEXT_RULES_H

#include <stdint.h>

#include "text/regex.h"
#include "text/rule_clock.h"

struct rules;
struct rules_scan;

struct rule_pattern {
    struct str pattern;
    unsigned options; /* of enum regex_option */
};

/* How the bytes are looked at; all give the same hits. */
enum rules_path {
    RULES_NAIVE, /* no filter: each rule is asked on each entry */
    RULES_PORTABLE,
    RULES_SSSE3,
    RULES_AVX2,
    RULES_PATHS
};

enum rules_mode {
    RULES_FIRST, /* an entry belongs to the first rule that matches it */
    RULES_EVERY  /* every rule is asked */
};

enum rules_outcome {
    RULES_MATCH, /* the rule matches the entry */
    RULES_NONE,  /* no rule matches: `count` entries in a row */
    RULES_LIMIT, /* the rule met a limit: nobody knows whether it matches. With RULES_FIRST the entry
                    has no other hit: no rule in front of this one matches */
    RULES_LONG   /* the entry is too long to be matched */
};

/* Hits come in the order of the entries; of one entry with RULES_EVERY in the order of the rules. */
struct rules_hit {
    enum rules_outcome outcome;
    size_t rule;  /* RULES_MATCH and RULES_LIMIT */
    size_t entry; /* the first one's number */
    size_t count; /* entries: 1, but for RULES_NONE */
    size_t start; /* of the first entry in the block */
    size_t end;   /* of the last one; its line end and a CR before it do not count */
    /* RULES_MATCH: what was matched, and where: spans[0] all of it, spans[i] group i of the rule */
    struct str text;
    const struct regex_span *spans;
    size_t bad_bytes; /* of the entry that U+FFFD stands for; not 0: the text is a copy */
};

/* An entry of a block, its line ends inside: [start, end). */
struct rules_entry {
    size_t start;
    size_t end;
};

/* *ret_rules is the caller's; the patterns may go afterwards. *reterr_rule: which one is wrong. */
enum status rules_new(const struct rule_pattern *patterns, size_t count, struct rules **ret_rules,
                      size_t *reterr_rule, struct regex_error *reterr);
void rules_free(struct rules *rules); /* accepts NULL */
size_t rules_count(const struct rules *rules);
const struct regex *rules_regex(const struct rules *rules, size_t rule);
/*
 * Chooses what to look for by what is rare in a sample, at best some 64 KiB of the text itself.
 * Only the speed depends on it. STATUS_MEMORY leaves the set as it was.
 */
enum status rules_tune(struct rules *rules, struct str sample);
/* Whether a filter stands in front of the rule; without one every entry is matched. */
bool rules_is_filtered(const struct rules *rules, size_t rule);

bool rules_path_has(enum rules_path path); /* the machine has what it needs */
enum rules_path rules_path_best(void);

/* NULL: memory is out. */
struct rules_scan *rules_scan_new(const struct rules *rules, enum rules_mode mode,
                                  enum rules_path path);
void rules_scan_free(struct rules_scan *scan); /* accepts NULL */
/* A block of whole lines; the last one may be without a line end. One CR before it is not matched. */
void rules_scan_lines(struct rules_scan *scan, struct str block);
/* A block of entries in the order of their places, none over another. */
void rules_scan_entries(struct rules_scan *scan, struct str block,
                        const struct rules_entry *entries, size_t count);
/* False: the block is at its end. */
bool rules_scan_next(struct rules_scan *scan, struct rules_hit *ret_hit);
bool rules_scan_failed(const struct rules_scan *scan);
/*
 * Entries so far on which each rule met a limit; one number a rule. Who scans the pieces of one text
 * apart begins each with what the pieces in front of it end with.
 */
const uint32_t *rules_scan_limits(const struct rules_scan *scan);
void rules_scan_set_limits(struct rules_scan *scan, const uint32_t *limits);
bool rules_scan_has_stopped(const struct rules_scan *scan, size_t rule);
/* From now on rules are timed, by the clocks of the system where `source` is NULL; before a block.
   False: memory is out. */
bool rules_scan_take_time(struct rules_scan *scan, const struct time_source *source);
/* Nanoseconds of processor time that matching took, as far as it was slow, of a rule that is timed. */
uint64_t rules_scan_spent(const struct rules_scan *scan, size_t rule);

#endif
