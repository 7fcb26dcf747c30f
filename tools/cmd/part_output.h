/*
 * Where a part goes: a file, standard output, or lines of text there.
 *
 * Call: part_output_check before the work; part_output_open; part_output_write as the sink of a
 *       writer; sha256 once that has finished; part_output_end in any case.
 * Owns: the caller owns the output.
 * Errors: as base/output.h and base/scratch.h; a status that is one already is passed on.
 * Units: bytes.
 * Threads: one output, one thread.
 */
#ifndef CFAUDIT_CMD_PART_OUTPUT_H
#define CFAUDIT_CMD_PART_OUTPUT_H

#include "base/output.h"
#include "cmd/command.h"
#include "part/part.h"

struct part_output {
    struct run *run;
    struct output *output;
    struct scratch *scratch; /* of lines: the whole part comes first */
    struct sha256 audit;     /* for the keys of lines */
    struct sha256 sha256;    /* of the part */
};

/* The form that --format names, part or lines; and that --output may be written. */
enum status part_output_check(struct run *run);
enum status part_output_open(struct run *run, const struct part_head *head,
                             struct part_output *output);
void part_output_write(void *output, struct str bytes);
enum status part_output_end(struct part_output *output, enum status status);

#endif
