/*
 * The measures there are; each is complete in its own file.
 *
 * Owns: constants.
 * Errors: none.
 * Units: none.
 * Threads: constant.
 */
#ifndef CFAUDIT_MEASURE_MEASURE_TABLE_H
#define CFAUDIT_MEASURE_MEASURE_TABLE_H

#include "measure/measure.h"

extern const struct measure measure_first_response;
extern const struct measure measure_next_reply;
extern const struct measure measure_resolution;
extern const struct measure measure_waiting;
extern const struct measure measure_hold;
extern const struct measure measure_hold_abuse;
extern const struct measure measure_attainment;
extern const struct measure measure_consistency;
extern const struct measure measure_severity;
extern const struct measure measure_backlog;
extern const struct measure measure_reopen;
extern const struct measure measure_reassignment;
extern const struct measure measure_first_contact;
extern const struct measure measure_repeat;
extern const struct measure measure_recurrence;
extern const struct measure measure_same_no;
extern const struct measure measure_refusals;
extern const struct measure measure_escalation;
extern const struct measure measure_promises;
extern const struct measure measure_promised;
extern const struct measure measure_complaints;
extern const struct measure measure_satisfaction;
extern const struct measure measure_promoters;
extern const struct measure measure_effort_score;
extern const struct measure measure_response_rate;
extern const struct measure measure_relation_gap;
extern const struct measure measure_roles;
extern const struct measure measure_options;
extern const struct measure measure_readability;
extern const struct measure measure_next_step;
extern const struct measure measure_premature;
extern const struct measure measure_silence;
extern const struct measure measure_traceability;
extern const struct measure measure_conformance;
extern const struct measure measure_agreed;
extern const struct measure measure_expectation;
extern const struct measure measure_changes;
extern const struct measure measure_presumption;
extern const struct measure measure_effort;
extern const struct measure measure_follow_up;
extern const struct measure measure_empowerment;
extern const struct measure measure_account;
extern const struct measure measure_labels;
extern const struct measure measure_requirements;
extern const struct measure measure_actions;
extern const struct measure measure_quadrant;
extern const struct measure measure_segments;
extern const struct measure measure_parity;
extern const struct measure measure_quality;
extern const struct measure measure_cost_surprise;
extern const struct measure measure_feasibility;
extern const struct measure measure_signals;
extern const struct measure measure_nonconforming;
extern const struct measure measure_management_complaints;
extern const struct measure measure_meetings;
extern const struct measure measure_disputes;
extern const struct measure measure_goodwill;
extern const struct measure measure_referrals;
extern const struct measure measure_churn;
extern const struct measure measure_out_of_hours;
extern const struct measure measure_gaming;
extern const struct measure measure_management;
extern const struct measure measure_knowledge;
extern const struct measure measure_documents;
extern const struct measure measure_authority;
extern const struct measure measure_long_work;
extern const struct measure measure_known_errors;
extern const struct measure measure_upkeep;
extern const struct measure measure_listening;
extern const struct measure measure_source_clocks;

#endif
