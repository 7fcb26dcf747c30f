/*
 * Audits and the profiles that they take questions from.
 *
 * Call: audit_load, profile_load with a library (xml/library.h).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, roots audit and profile.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_AUDIT_H
#define CFAUDIT_PLAN_AUDIT_H

#include "base/ratio.h"
#include "plan/audit_plan.h"
#include "plan/plan_parts.h"
#include "time/format.h"
#include "time/period.h"
#include "xml/library.h"

enum tailoring_kind { TAILORING_LEAVE_OUT, TAILORING_LEAVE_OUT_SECTION, TAILORING_WEIGH };

/* What an audit changes about a checklist, with who, when and why: nothing of it may be missing. */
struct tailoring {
    enum tailoring_kind kind;
    struct str id;       /* of the question or of the section */
    struct ratio weight; /* of TAILORING_WEIGH */
    struct str by;
    struct str on; /* "YYYY-MM-DD" */
    struct str reason;
    struct where place;        /* of the id */
    struct where weight_place; /* of TAILORING_WEIGH */
};

/* Questions of a checklist: all of them, or those of one basis, of one mode. */
struct profile_take {
    struct str checklist; /* shipped name or path */
    struct str basis;     /* as written; missing: any */
    struct str mode;
    struct where place;
};

struct profile {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note; /* may be missing */
    struct profile_take *takes;
    size_t take_count;
    struct str folder; /* what paths of its checklists start from */
    struct sha256 sha256;
};

struct audit_checklist {
    struct str name;      /* shipped name or path */
    struct str folder;    /* what the path starts from */
    struct str basis;     /* only questions of it; missing: of any */
    struct str mode;      /* the same */
    unsigned revision;    /* that it must have; 0: any */
    struct where place;   /* of the name */
    struct where revision_place;
    struct tailoring *tailorings;
    size_t tailoring_count;
};

struct audit_source {
    struct str id;
    struct str map;    /* shipped name or path */
    struct str *files; /* paths, globs, folders; relative to the audit */
    size_t file_count;
    struct str zone; /* overrides the map's */
    enum date_order date_order;
    struct str solved_when; /* KEY=VALUE: the event that ends a case */
    bool says_audit_trail;  /* else: as the map says */
    bool has_audit_trail;
    struct where place;
};

/* What a measure must reach, and who says so. */
struct audit_target {
    struct str measure; /* "M-07" */
    struct str variant; /* missing: every variant */
    double value;       /* in the measure's unit */
    enum target_source source;
    struct str document; /* where it is written */
    struct where place;  /* where the audit says so */
};

/* Periods of a series that a control chart takes its limits from, frozen until the next one. */
struct audit_baseline {
    struct str measure;
    struct str variant; /* missing: every variant */
    struct str from;    /* keys of the grid: "2025-01", "2025-W03", "2025-Q1" */
    struct str until;   /* inclusive */
    struct str reason;  /* why the limits changed */
    struct where place;
};

/* What was done about a signal of a control chart. */
struct audit_reaction {
    struct str measure;
    struct str variant; /* missing: every variant */
    struct str period;  /* key of the grid */
    struct str on;      /* day, as written */
    struct str by;
    struct str document;
    struct str text;
    struct where place;
};

struct audit {
    struct str id;
    struct words title;
    struct str organization;
    struct words scope;
    struct str edition;          /* "2015", "2015+A1", "2026" */
    struct instant period_start; /* INSTANT_MISSING: open */
    struct instant period_end;   /* exclusive */
    struct instant as_of;        /* INSTANT_MISSING: latest instant read */
    struct str zone;
    struct team_member *team;
    size_t team_count;
    const struct audit_plan *plan; /* NULL: none is written down */
    struct str previous;     /* path of an earlier result; missing: none */
    const struct profile *profile;      /* NULL: none */
    struct audit_checklist *checklists; /* those of the profile, then the audit's own */
    size_t checklist_count;
    struct condition *where; /* cases left out of every figure unless all hold */
    size_t where_count;
    struct str *by; /* fields to break figures down by */
    size_t by_count;
    struct audit_target *targets;
    size_t target_count;
    enum grid grid;      /* of series, in the zone of the calendar */
    struct str calendar; /* name; missing: that of the agreement, else around the clock */
    struct str patron;   /* of calendars that leave one open, "MM-DD"; missing: none */
    struct str sla;      /* name; missing: none */
    struct str trust;    /* name of the trust policy; missing: the shipped one */
    struct str model;    /* name or path of the model that gives the headline; missing: ours */
    struct str calibration; /* of the detectors; missing: none */
    struct str *processes;  /* names of declared processes, and of their versions */
    size_t process_count;
    struct str *lexicons;   /* of the detectors; none: those of messages */
    size_t lexicon_count;
    struct audit_baseline *baselines;
    size_t baseline_count;
    struct audit_reaction *reactions;
    size_t reaction_count;
    struct audit_source *sources;
    size_t source_count;
    struct str folder; /* of the audit file, paths are relative to it; missing: the current one */
    struct sha256 sha256;
};

/* `folder` is what a relative path starts from; a bare name is a shipped profile. */
enum status profile_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct profile **ret_profile);
enum status audit_load(struct arena *arena, const struct library *library, struct str path,
                       struct diag *diag, struct audit **ret_audit);

#endif
