/*
 * What a text is made of, as a set of hashed terms, and how much two such sets have in common.
 *
 * Call: terms_overlap of two sets; overlap_jaccard_reaches and its kin decide, overlap_jaccard and
 *       its kin show.
 * Owns: a set borrows its list.
 * Errors: none. Sets without a term have nothing in common with anything.
 * Units: shares in percent where they decide, 0..1 where they are shown.
 * Source: Jaccard 1901; Broder 1997, on resemblance and containment of documents.
 * Of a hash of 32 bits: among ten thousand terms of one conversation two of different words are
 * taken for one with a probability of 1 in 86.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_TERM_SET_H
#define CFAUDIT_TEXT_TERM_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct terms {
    const uint32_t *list; /* ascending, each once */
    size_t count;
};

struct overlap {
    size_t shared;
    size_t first;  /* terms of the one set */
    size_t second; /* and of the other */
};

struct overlap terms_overlap(struct terms a, struct terms b);
/* Shared terms to all of both, at least that percentage. */
bool overlap_jaccard_reaches(struct overlap overlap, unsigned percent);
/* Shared terms to those of the smaller set: how far the one text stands in the other. */
bool overlap_containment_reaches(struct overlap overlap, unsigned percent);
double overlap_jaccard(struct overlap overlap);
double overlap_containment(struct overlap overlap);

#endif
