#include "detect/waiting_hits.h"

#include <string.h>

#include "base/mem.h"

void waiting_begin(struct waiting_hits *waiting)
{
    waiting->count = 0;
    waiting->sentence_count = 0;
}

bool waiting_sentence(struct waiting_hits *waiting)
{
    if (!mem_grow(&waiting->cues, waiting->sentence_count, &waiting->sentence_capacity,
                  sizeof *waiting->cues))
        return false;
    waiting->cues[waiting->sentence_count++] = 0;
    return true;
}

void waiting_cue(struct waiting_hits *waiting, uint32_t slot)
{
    waiting->cues[waiting->sentence_count - 1] |= 1ull << slot;
}

bool waiting_add(struct waiting_hits *waiting, const struct mark_hit *hit, uint32_t line,
                 const struct phrase_conditions *conditions)
{
    if (!mem_grow(&waiting->list, waiting->count, &waiting->capacity, sizeof *waiting->list))
        return false;
    waiting->list[waiting->count++] = (struct waiting_hit){
        *hit, line, (uint32_t)waiting->sentence_count - 1, conditions};
    return true;
}

/* Its sentence has what it must have, and nothing that it must not. */
static bool fits_sentence(const struct waiting_hits *waiting, const struct waiting_hit *hit)
{
    uint64_t cues = waiting->cues[hit->sentence];

    return (!hit->conditions->beside || (cues & hit->conditions->beside)) &&
           !(cues & hit->conditions->unless);
}

static bool fits_message(const struct waiting_hit *hit, uint32_t found)
{
    return (!hit->conditions->with || (found & hit->conditions->with)) &&
           !(found & hit->conditions->without);
}

bool waiting_write(const struct waiting_hits *waiting, struct marks_writer *writer)
{
    uint32_t found = 0;
    size_t i;

    /* what depends on another detector is no ground for a third one: no circles */
    for (i = 0; i < waiting->count; i++) {
        const struct waiting_hit *hit = &waiting->list[i];

        if (!hit->conditions->with && !hit->conditions->without && fits_sentence(waiting, hit))
            found |= 1u << hit->hit.detector;
    }
    for (i = 0; i < waiting->count; i++) {
        const struct waiting_hit *hit = &waiting->list[i];

        if (fits_sentence(waiting, hit) && fits_message(hit, found) &&
            !marks_write_hit(writer, &hit->hit, hit->line))
            return false;
    }
    return true;
}

void waiting_done(struct waiting_hits *waiting)
{
    mem_free(waiting->list);
    mem_free(waiting->cues);
    memset(waiting, 0, sizeof *waiting);
}
