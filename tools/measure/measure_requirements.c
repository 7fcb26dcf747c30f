/* M-47, customers with a current record of their requirements. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/customers_active.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/record_links.h"

static const int64_t CURRENT_DAYS = 365;

static const struct measure_variant variants[] = {
    {"requirements-current", VARIANT_SHARE, "active customers", false, false, "s", false},
};

struct requirements {
    struct record_links *by_customer;
    struct record_links *by_contract;
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_cases(context->set) && measure_set(context, RECORD_REGISTER) &&
                   !instant_is_missing(context->as_of)
               ? 1u
               : 0u;
}

static void release(void *own)
{
    struct requirements *requirements = own;

    if (!requirements)
        return;
    record_links_free(requirements->by_customer);
    record_links_free(requirements->by_contract);
    mem_free(requirements);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    const struct record_set *registers = measure_set(context, RECORD_REGISTER);
    struct requirements *requirements = mem_alloc(1, sizeof *requirements);
    enum status status;

    if (!requirements)
        return diag_no_memory(diag);
    status = record_links_new(registers, SLOT_CUSTOMER, diag, &requirements->by_customer);
    if (status == STATUS_OK)
        status = record_links_new(registers, SLOT_CONTRACT, diag, &requirements->by_contract);
    if (status == STATUS_OK)
        *ret_own = requirements;
    else
        release(requirements);
    return status;
}

/* When a row of the register was last looked at. */
static int64_t reviewed_of(const struct record_case *row, int64_t as_of)
{
    int64_t reviewed =
        case_instant_by(row, case_either(row, REGISTER_REVIEWED, REGISTER_DONE), as_of);

    return reviewed != VALUE_MISSING ? reviewed : case_instant_by(row, REGISTER_AT, as_of);
}

static int64_t latest_of(const struct record_links *links, struct str name, int64_t as_of)
{
    struct record_link_run run = record_links_find(links, name);
    int64_t latest = VALUE_MISSING;
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case row = record_links_at(links, run.first + i);
        int64_t reviewed =
            case_says(&row, REGISTER_KIND, "requirement") ? reviewed_of(&row, as_of) : VALUE_MISSING;

        if (reviewed != VALUE_MISSING && (latest == VALUE_MISSING || reviewed > latest))
            latest = reviewed;
    }
    return latest;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    const struct requirements *requirements = observe_own(state);
    int64_t as_of = context->as_of.us;
    int64_t customer = latest_of(requirements->by_customer, item->id, as_of);
    int64_t contract =
        latest_of(requirements->by_contract, case_word(item, SLOT_CONTRACT), as_of);
    int64_t latest = customer != VALUE_MISSING && customer > contract ? customer : contract;
    struct observation observation = {.value = VALUE_MISSING, .period = VALUE_MISSING};

    if (!customer_is_active(context, item)) {
        observe_excluded(state, 0, item, "not-active");
        return;
    }
    observation.counts = latest != VALUE_MISSING && as_of - latest <= CURRENT_DAYS * DAY_US;
    if (latest != VALUE_MISSING && !observation.counts)
        observation.value = as_of - latest;
    observation.rank = latest == VALUE_MISSING ? INT64_MIN : latest; /* the oldest first */
    observation.note = latest == VALUE_MISSING ? "no requirement recorded" : NULL;
    observe_value(state, 0, item, &observation);
}

const struct measure measure_requirements = {
    .id = "M-47",
    .name = "requirement-coverage",
    .title = {{STR_INIT("customers whose requirements are on record"),
               STR_INIT("clienti con requisiti registrati")}},
    .definition = {{STR_INIT("Share of active customers with a requirement, of theirs or of their "
                             "contract, that was recorded or reviewed in the last 12 months."),
                    STR_INIT("Quota di clienti attivi con un requisito, loro o del loro contratto, "
                             "registrato o riesaminato negli ultimi 12 mesi.")}},
    .formula = "customers with a register row of kind requirement reviewed, else recorded, at most "
               "365 days before the as-of instant / active customers; Wilson interval",
    .fields = "customer.id customer.contract customer.since customer.until register.kind "
              "register.customer register.contract register.reviewed-at register.done register.at",
    .source = "ISO 9001 clauses 4.2 and 8.2.2; Wilson 1927",
    .kind = RECORD_CUSTOMER,
    .also_kinds = 1u << RECORD_REGISTER,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
