/*
 * A book as a folder of CSV files.
 *
 * Call: through the writer; csv_add_sheet for one table.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY; what the taker of files returns is passed on.
 * Units: as in page/page.h: shares 0..1, durations in seconds, times of the book's zone.
 * Source: RFC 4180; Frictionless Data Package and Table Schema (v1); sums as sha256sum reads them.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_WRITER_CSV_FOLDER_H
#define CFAUDIT_WRITER_CSV_FOLDER_H

#include "writer/writer.h"

/* Header of column ids, then one record a row. */
void csv_add_sheet(const struct book *book, const struct sheet *sheet, struct buf *out);
/* One file a sheet, datapackage.json that says what they hold, SHA256SUMS over all of them. */
enum status csv_write_folder(const struct book *book, writer_file *add, void *context,
                             struct diag *diag);

#endif
