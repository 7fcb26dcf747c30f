/*
 * The tables of fields of every kind of records, for record/field.c.
 *
 * Call: record_models (record/field.h).
 * Owns: constant tables.
 * Errors: none.
 * Units: none.
 * Threads: constant.
 */
#ifndef CFAUDIT_RECORD_KIND_TABLE_H
#define CFAUDIT_RECORD_KIND_TABLE_H

#include "record/field.h"

extern const struct record_model record_kind_ticket;
extern const struct record_model record_kind_customer;
extern const struct record_model record_kind_sla;
extern const struct record_model record_kind_sla_clock;
extern const struct record_model record_kind_promise;
extern const struct record_model record_kind_effort;
extern const struct record_model record_kind_change;
extern const struct record_model record_kind_survey;
extern const struct record_model record_kind_complaint;
extern const struct record_model record_kind_order_review;
extern const struct record_model record_kind_process_doc;
extern const struct record_model record_kind_reply_latency;
extern const struct record_model record_kind_authority;
extern const struct record_model record_kind_mgmt;
extern const struct record_model record_kind_invoice;
extern const struct record_model record_kind_register;
extern const struct record_model record_kind_item;
extern const struct record_model record_kind_event;

#endif
