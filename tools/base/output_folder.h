/*
 * Folders of plain files, as outputs that appear whole have them.
 *
 * Owns: nothing.
 * Errors: 0, or -1 with errno, as the system's calls.
 * Units: none.
 * Threads: one call at a time for each path.
 */
#ifndef CFAUDIT_BASE_OUTPUT_FOLDER_H
#define CFAUDIT_BASE_OUTPUT_FOLDER_H

/* The folder and the files in it; a folder inside is left, and with it this one. */
int output_remove_folder(const char *path);
/*
 * Puts the folder `from` in the place of `to`, which may be there or not. No system can do that in
 * one step everywhere: what was there is moved aside first, back again when the second step fails,
 * and removed in the end.
 */
int output_replace_folder(const char *from, const char *to);

#endif
