#include "answer/proof.h"

/*
 * What a kind is by itself. Somebody's word is heard directly; what was only named may have been
 * handed over by anybody. Whoever observes has the thing itself before him, not a copy.
 */
static const struct proof by_kind[PROOF_KIND_COUNT] = {
    [PROOF_UNSTATED] = {.kind = PROOF_UNSTATED, .is_documentary = true},
    [PROOF_RECORD] = {.kind = PROOF_RECORD, .is_direct = true, .is_documentary = true},
    [PROOF_DOCUMENT] = {.kind = PROOF_DOCUMENT, .is_direct = true, .is_documentary = true},
    [PROOF_OBSERVATION] = {.kind = PROOF_OBSERVATION, .is_direct = true, .is_original = true},
    [PROOF_INTERVIEW] = {.kind = PROOF_INTERVIEW, .is_direct = true},
};

void proof_read(struct xml_fields *fields, const struct xml_node *node, struct proof *proof)
{
    struct str kind = xml_attr(node, "kind");
    struct str source = xml_attr(node, "source");
    enum proof_kind found = PROOF_UNSTATED;

    if (kind.ptr && !proof_kind_find(kind, &found))
        xml_field_bad(fields, node, "kind", "is no kind of evidence");
    *proof = by_kind[found];
    if (source.ptr && !proof_source_find(source, &proof->source))
        xml_field_bad(fields, node, "source", "is no source of evidence");
    if (xml_attr(node, "direct").ptr)
        proof->is_direct = xml_field_bool(fields, node, "direct");
    if (xml_attr(node, "original").ptr)
        proof->is_original = xml_field_bool(fields, node, "original");
    proof->is_cited = true;
    proof->strength = proof_strength(proof);
}

struct proof proof_of_figures(const struct evidence *evidence)
{
    struct proof proof = {.source = evidence->source_count ? PROOF_CONTROLLED : PROOF_INTERNAL,
                          .is_direct = true,
                          .is_documentary = true,
                          .is_original = true};
    size_t i;

    for (i = 0; i < evidence->source_count; i++) {
        const struct accounting *source = &evidence->sources[i];

        if (!source->has_audit_trail)
            proof.source = PROOF_INTERNAL;
        if (source->identity.truncated)
            proof.is_original = false; /* what is missing may say otherwise */
    }
    proof.strength = proof_strength(&proof);
    return proof;
}

int proof_strength(const struct proof *proof)
{
    static const int by_source[PROOF_SOURCE_COUNT] = {
        [PROOF_INTERNAL] = 0, [PROOF_CONTROLLED] = 1, [PROOF_EXTERNAL] = 2};

    return by_source[proof->source] + (proof->is_direct ? 1 : 0) +
           (proof->is_documentary ? 1 : 0) + (proof->is_original ? 1 : 0);
}
