/* The ledger for programs, and how the command ended. */
#include "report/report.h"

static enum status write_json(const struct form_input *input, struct buf *out, struct diag *diag)
{
    evidence_json(input->evidence, out);
    if (input->evidence->is_client_copy)
        buf_add_text(out, ",\n  \"client_copy\": true");
    buf_printf(out, ",\n  \"exit\": {\"code\": %d, \"reason\": \"%s\"}\n}\n", input->exit_code,
               input->exit_reason);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct result_form form_json;
const struct result_form form_json = {
    .name = "json", .ending = ".json", .about = "the ledger, for programs", .write = write_json};
