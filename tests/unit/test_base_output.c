/* Outputs where things go wrong: full disks, readers that leave, devices, links, signals. */
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output.h"

struct place {
    char folder[40];
    char path[80];
};

static void place_make(struct place *place)
{
    memcpy(place->folder, "/tmp/cfaudit-output-XXXXXX", 27);
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/out", place->folder);
}

static unsigned count_files(const struct place *place)
{
    DIR *folder = opendir(place->folder);
    const struct dirent *entry;
    unsigned count = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

/* Removes one file, and the folder, which must then be empty. */
static void place_remove(const struct place *place)
{
    (void)unlink(place->path);
    assert_int_equal(rmdir(place->folder), 0);
}

static enum status write_text(const char *path, const char *text, struct diag *diag)
{
    struct output *output = NULL;
    enum status status = output_open(path, diag, &output);

    if (status != STATUS_OK)
        return status;
    output_write(output, str_of(text));
    return output_commit(output, diag);
}

static void assert_content(const char *path, const char *expected)
{
    char text[64] = "";
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

/* Writes more than a limit of the process allows; the exit status tells what was seen. */
static int write_beyond_limit(const char *path, size_t bytes)
{
    static char block[10000];
    struct rlimit limit = {100000, 100000};
    struct output *output = NULL;
    struct diag diag;
    enum status status;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    diag_init(&diag);
    if (output_open(path, &diag, &output) != STATUS_OK)
        return 2;
    for (; bytes >= sizeof block; bytes -= sizeof block)
        output_write(output, (struct str){block, sizeof block});
    status = output_commit(output, &diag);
    if (status == STATUS_OK)
        return 0;
    if (status != STATUS_IO || diag.by_severity[SEVERITY_FATAL] != 1 ||
        diag.by_rule[RULE_OUTPUT_WRITE] != 1)
        return 3;
    if (!str_ends(diag.list[0].text, strerror(EFBIG)))
        return 4;
    diag_done(&diag);
    return 42;
}

static int status_of(pid_t child)
{
    int status = 0;

    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_full_disk_leaves_what_was_there(void **state)
{
    struct place place;
    struct diag diag;
    pid_t child;

    (void)state;
    diag_init(&diag);
    place_make(&place);
    assert_int_equal(write_text(place.path, "before", &diag), STATUS_OK);
    child = fork();
    if (child == 0)
        _exit(write_beyond_limit(place.path, 200000));
    assert_int_equal(status_of(child), 42);
    assert_content(place.path, "before");
    assert_int_equal(count_files(&place), 1);
    child = fork();
    if (child == 0)
        _exit(write_beyond_limit(place.path, 100000));
    assert_int_equal(status_of(child), 0);
    place_remove(&place);
    diag_done(&diag);
}

static void a_full_device_is_told(void **state)
{
    struct diag diag;

    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    diag_init(&diag);
    assert_int_equal(write_text("/dev/full", "text", &diag), STATUS_IO);
    assert_int_equal(diag.count, 1);
    assert_string_equal(diag.list[0].text.ptr,
                        "cannot write output: '/dev/full': No space left on device");
    diag_done(&diag);
}

static void devices_stay_devices(void **state)
{
    struct stat before;
    struct stat after;
    struct output *output = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    assert_int_equal(stat("/dev/null", &before), 0);
    assert_int_equal(write_text("/dev/null", "text", &diag), STATUS_OK);
    assert_int_equal(output_open("/dev/null", &diag, &output), STATUS_OK);
    assert_null(output_path(output));
    output_discard(output);
    assert_int_equal(stat("/dev/null", &after), 0);
    assert_true(S_ISCHR(after.st_mode));
    assert_true(before.st_ino == after.st_ino);
    assert_int_equal(diag.count, 0);
    diag_done(&diag);
}

static void a_folder_is_no_output(void **state)
{
    struct place place;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    place_make(&place);
    assert_int_equal(write_text(place.folder, "text", &diag), STATUS_IO);
    assert_int_equal(diag.by_rule[RULE_OUTPUT_OPEN], 1);
    assert_true(str_ends(diag.list[0].text, strerror(EISDIR)));
    place_remove(&place);
    diag_done(&diag);
}

static void a_link_leads_to_its_file(void **state)
{
    struct place place;
    struct diag diag;
    struct stat about;
    char link_path[96];

    (void)state;
    diag_init(&diag);
    place_make(&place);
    snprintf(link_path, sizeof link_path, "%s/link", place.folder);
    assert_int_equal(write_text(place.path, "old", &diag), STATUS_OK);
    assert_int_equal(symlink("out", link_path), 0);
    assert_int_equal(write_text(link_path, "new", &diag), STATUS_OK);
    assert_content(place.path, "new");
    assert_int_equal(lstat(link_path, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(count_files(&place), 2);
    assert_int_equal(unlink(link_path), 0);
    place_remove(&place);
    diag_done(&diag);
}

static void modes_follow_the_mask_and_are_kept(void **state)
{
    struct place place;
    struct diag diag;
    struct stat about;
    mode_t mask = umask(027);

    (void)state;
    diag_init(&diag);
    place_make(&place);
    assert_int_equal(write_text(place.path, "one", &diag), STATUS_OK);
    umask(mask);
    assert_int_equal(stat(place.path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    assert_int_equal(chmod(place.path, 0600), 0);
    assert_int_equal(write_text(place.path, "two", &diag), STATUS_OK);
    assert_int_equal(stat(place.path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    place_remove(&place);
    diag_done(&diag);
}

static int write_to_closed_pipe(void)
{
    struct diag diag;
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
        return 1;
    close(ends[0]);
    close(ends[1]);
    diag_init(&diag);
    if (write_text("-", "text", &diag) != STATUS_INTERRUPTED)
        return 2;
    return diag.count == 0 ? 42 : 3;
}

static void a_reader_that_leaves_is_no_failure(void **state)
{
    pid_t child = fork();

    (void)state;
    if (child == 0)
        _exit(write_to_closed_pipe());
    assert_int_equal(status_of(child), 42);
}

static int write_to_full_standard_output(void)
{
    struct diag diag;
    int fd = open("/dev/full", O_WRONLY);

    if (fd < 0)
        return 42;
    if (dup2(fd, STDOUT_FILENO) < 0)
        return 1;
    diag_init(&diag);
    if (write_text("-", "text", &diag) != STATUS_IO || diag.count != 1)
        return 2;
    return str_ends(diag.list[0].text, "standard output: No space left on device") ||
                   str_ends(diag.list[0].text, "'standard output': No space left on device")
               ? 42
               : 3;
}

static void full_standard_output_is_told(void **state)
{
    pid_t child = fork();

    (void)state;
    if (child == 0)
        _exit(write_to_full_standard_output());
    assert_int_equal(status_of(child), 42);
}

static void what_is_open_can_be_removed_by_a_handler(void **state)
{
    struct output *outputs[10] = {NULL};
    struct place place;
    struct diag diag;
    size_t i;

    (void)state;
    diag_init(&diag);
    place_make(&place);
    for (i = 0; i < 8; i++)
        assert_int_equal(output_open(place.path, &diag, &outputs[i]), STATUS_OK);
    assert_int_equal(count_files(&place), 8);
    output_remove_temporary();
    assert_int_equal(count_files(&place), 0);
    for (i = 0; i < 8; i++)
        output_discard(outputs[i]);
    output_remove_temporary(); /* nothing is remembered any more */
    /* what was taken away meanwhile is a failure, not an empty file */
    assert_int_equal(output_open(place.path, &diag, &outputs[0]), STATUS_OK);
    output_remove_temporary();
    assert_int_equal(output_commit(outputs[0], &diag), STATUS_IO);
    assert_int_equal(count_files(&place), 0);
    place_remove(&place);
    diag_done(&diag);
}

static void every_failed_allocation_is_told(void **state)
{
    struct place place;
    unsigned long nth;

    (void)state;
    place_make(&place);
    for (nth = 1;; nth++) {
        struct output *output = NULL;
        struct diag diag;
        enum status status;

        diag_init(&diag);
        mem_fail_at(nth);
        status = output_open(place.path, &diag, &output);
        mem_fail_at(0);
        if (status == STATUS_OK) {
            output_discard(output);
            diag_done(&diag);
            break;
        }
        assert_int_equal(status, STATUS_MEMORY);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
        assert_int_equal(count_files(&place), 0);
        diag_done(&diag);
    }
    assert_true(nth > 2);
    place_remove(&place);
}

/* --- folders --- */

static struct output *open_folder(const struct place *place, const char *text, struct diag *diag)
{
    struct output *output = NULL;

    assert_int_equal(output_open_folder(place->path, diag, &output), STATUS_OK);
    assert_int_equal(output_add_file(output, "one", str_of(text), diag), STATUS_OK);
    assert_int_equal(output_add_file(output, "two", STR("2"), diag), STATUS_OK);
    return output;
}

static void remove_folder(const struct place *place)
{
    char path[100];

    snprintf(path, sizeof path, "%s/one", place->path);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/two", place->path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(place->path), 0);
}

static void a_folder_appears_whole_and_takes_the_place_of_another(void **state)
{
    struct output *output;
    struct place place;
    struct diag diag;
    char path[100];

    (void)state;
    place_make(&place);
    diag_init(&diag);
    snprintf(path, sizeof path, "%s/one", place.path);
    output = open_folder(&place, "first", &diag);
    assert_int_equal(access(place.path, F_OK), -1);
    assert_int_equal(output_prepare(output, &diag), STATUS_OK);
    assert_int_equal(output_commit(output, &diag), STATUS_OK);
    assert_content(path, "first");
    output = open_folder(&place, "second", &diag);
    assert_content(path, "first");
    assert_int_equal(output_commit(output, &diag), STATUS_OK);
    assert_content(path, "second");
    assert_int_equal(count_files(&place), 1); /* nothing is left beside it */
    output = open_folder(&place, "third", &diag);
    output_discard(output);
    assert_content(path, "second");
    assert_int_equal(count_files(&place), 1);
    remove_folder(&place);
    assert_int_equal(rmdir(place.folder), 0);
    diag_done(&diag);
}

static void a_folder_on_its_way_can_be_removed_by_a_handler(void **state)
{
    struct place place;
    struct diag diag;
    struct output *output;

    (void)state;
    place_make(&place);
    diag_init(&diag);
    output = open_folder(&place, "first", &diag);
    assert_int_equal(count_files(&place), 1);
    output_remove_temporary();
    assert_int_equal(count_files(&place), 0);
    output_discard(output);
    place_remove(&place);
    diag_done(&diag);
}

/* A file stands where the folder shall be: told, and nothing is left of the attempt. */
static void a_folder_does_not_take_the_place_of_a_file(void **state)
{
    struct output *output;
    struct place place;
    struct diag diag;

    (void)state;
    place_make(&place);
    diag_init(&diag);
    assert_int_equal(write_text(place.path, "text", &diag), STATUS_OK);
    output = open_folder(&place, "first", &diag);
    assert_int_equal(output_commit(output, &diag), STATUS_IO);
    assert_int_equal(diag.by_rule[RULE_OUTPUT_WRITE], 1);
    assert_content(place.path, "text");
    assert_int_equal(count_files(&place), 1);
    place_remove(&place);
    diag_done(&diag);
}

static void every_failed_allocation_of_a_folder_is_told(void **state)
{
    enum status status = STATUS_MEMORY;
    struct place place;
    unsigned long nth;

    (void)state;
    place_make(&place);
    for (nth = 1; status == STATUS_MEMORY; nth++) {
        struct output *output = NULL;
        struct diag diag;

        diag_init(&diag);
        mem_fail_at(nth);
        status = output_open_folder(place.path, &diag, &output);
        if (status == STATUS_OK)
            status = output_add_file(output, "one", STR("1"), &diag);
        mem_fail_at(0);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], status == STATUS_OK ? 0 : 1);
        output_discard(output);
        assert_int_equal(count_files(&place), 0);
        diag_done(&diag);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(nth > 5);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_leaves_what_was_there),
        cmocka_unit_test(a_full_device_is_told),
        cmocka_unit_test(devices_stay_devices),
        cmocka_unit_test(a_folder_is_no_output),
        cmocka_unit_test(a_link_leads_to_its_file),
        cmocka_unit_test(modes_follow_the_mask_and_are_kept),
        cmocka_unit_test(a_reader_that_leaves_is_no_failure),
        cmocka_unit_test(full_standard_output_is_told),
        cmocka_unit_test(what_is_open_can_be_removed_by_a_handler),
        cmocka_unit_test(every_failed_allocation_is_told),
        cmocka_unit_test(a_folder_appears_whole_and_takes_the_place_of_another),
        cmocka_unit_test(a_folder_on_its_way_can_be_removed_by_a_handler),
        cmocka_unit_test(a_folder_does_not_take_the_place_of_a_file),
        cmocka_unit_test(every_failed_allocation_of_a_folder_is_told),
    };

    return cmocka_run_group_tests_name("base output", tests, NULL, NULL);
}
