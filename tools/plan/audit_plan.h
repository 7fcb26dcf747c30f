/*
 * Audit plans: the team, and what the auditee is told before the audit.
 *
 * Call: team_read and audit_plan_read at their elements; team_write and audit_plan_write.
 * Owns: everything lives in the arena of the reader.
 * Errors: located diagnostics, counted by the reader.
 * Units: days and times as written.
 * Source: schemas/cfaudit.xsd, elements member and plan; ISO 19011.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_AUDIT_PLAN_H
#define CFAUDIT_PLAN_AUDIT_PLAN_H

#include "base/words.h"
#include "xml/fields.h"

struct team_member {
    struct str name; /* roles and pseudonyms as written */
    struct str role; /* "lead-auditor" "auditor" "technical-expert" "trainee" "observer" "guide" */
};

/* The audit programme that asks for this audit, and why: risks, earlier results. */
struct plan_programme {
    struct str document; /* missing: none is named */
    struct str cycle;
    struct words text;
};

struct plan_criterion { /* what is audited against */
    struct str document;
    struct str edition;
    struct str part;
};

struct plan_method {
    struct str kind; /* "interview" "observation" "document-review" ... */
    struct str presence; /* "on-site" "remote" */
    struct words text;
};

struct plan_site {
    struct str id;
    struct str name;
    bool is_virtual;
};

struct plan_process {
    struct str name;
    struct str owner;
};

struct plan_auditee {
    struct str name;
    struct str function;
};

struct plan_session { /* one row of the agenda, on the wall clock of the audit's zone */
    struct str date;  /* "YYYY-MM-DD" */
    struct str from;  /* "HH:MM" */
    struct str to;
    struct str site; /* id; may be missing */
    struct str presence;
    struct str by;
    struct str with;
    struct words text;
};

struct plan_risk { /* what could keep the audit from its objectives */
    struct words text;
    struct words response;
};

struct plan_signatory {
    struct str role; /* "auditor" "lead-auditor" "auditee" "top-management" */
    struct str name;
};

struct audit_plan {
    struct str version;
    struct str issued; /* "YYYY-MM-DD" */
    struct str language;
    struct str confidentiality;
    struct plan_programme programme;
    struct words *objectives;
    size_t objective_count;
    struct plan_criterion *criteria;
    size_t criterion_count;
    struct plan_method *methods;
    size_t method_count;
    struct plan_process *processes;
    size_t process_count;
    struct plan_site *sites;
    size_t site_count;
    struct plan_auditee *auditees;
    size_t auditee_count;
    struct plan_session *sessions;
    size_t session_count;
    struct plan_risk *risks;
    size_t risk_count;
    struct str *recipients;
    size_t recipient_count;
    struct plan_signatory *signatories;
    size_t signatory_count;
};

/*
 * The elements `member` and `plan` are the same in an audit and in a ledger. Reading gives an empty
 * team and a plan that is NULL where there are none; writing NULL writes nothing.
 */
struct team_member *team_read(struct xml_fields *fields, const struct xml_node *node,
                              size_t *ret_count);
void team_write(struct xml_writer *writer, const struct team_member *team, size_t count);
struct audit_plan *audit_plan_read(struct xml_fields *fields, const struct xml_node *node);
void audit_plan_write(struct xml_writer *writer, const struct audit_plan *plan);

#endif
