/*
 * For tests of the room: sources with small blocks, so that everything meets a block's edge.
 *
 * Call: source_set_block right after source_open.
 * Units: bytes.
 */
#ifndef CFAUDIT_SOURCE_SOURCE_PRIVATE_H
#define CFAUDIT_SOURCE_SOURCE_PRIVATE_H

#include "source/source.h"

/* 1 to SOURCE_BLOCK bytes a block from the first one on. */
void source_set_block(struct source *source, size_t size);

#endif
