#include "text/term_set.h"

struct overlap terms_overlap(struct terms a, struct terms b)
{
    struct overlap overlap = {0, a.count, b.count};
    size_t i = 0;
    size_t j = 0;

    while (i < a.count && j < b.count) {
        uint32_t left = a.list[i];
        uint32_t right = b.list[j];

        overlap.shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    return overlap;
}

static size_t all_of(struct overlap overlap)
{
    return overlap.first + overlap.second - overlap.shared;
}

static size_t smaller_of(struct overlap overlap)
{
    return overlap.first < overlap.second ? overlap.first : overlap.second;
}

bool overlap_jaccard_reaches(struct overlap overlap, unsigned percent)
{
    return overlap.shared && overlap.shared * 100 >= percent * all_of(overlap);
}

bool overlap_containment_reaches(struct overlap overlap, unsigned percent)
{
    return overlap.shared && overlap.shared * 100 >= percent * smaller_of(overlap);
}

double overlap_jaccard(struct overlap overlap)
{
    return overlap.shared ? (double)overlap.shared / (double)all_of(overlap) : 0;
}

double overlap_containment(struct overlap overlap)
{
    return overlap.shared ? (double)overlap.shared / (double)smaller_of(overlap) : 0;
}
