/*
 * Quantities: the number, unit and operator in a target or a result as printed.
 *
 * `ไม่น้อยกว่า 250 คน`: 250, คน (persons), >=. Words for operators come from the profile's operators.csv
 * (phrase,op), and patterns from its patterns.csv (quantity-*). What is not one quantity has no value: two
 * numbers, prose, a dash.
 */
#ifndef QUANTITY_H
#define QUANTITY_H

#include "decimal.h"
#include "profile.h"

struct quantities;

struct quantity {
    bool has_value;
    struct decimal value;
    struct text
        unit; /* may be empty; a target's lives until the next target is read, a result's until the next result */
    const char *op;   /* =, >=, <= or >; empty without a value */
    struct text lead; /* what stands before the number; lives as long as the unit */
    bool counted;     /* the words «number of» stand before it */
    /* Words stand before the number whose operator the contract does not have: less than, a rank. */
    bool unknown_op;
    bool each;    /* the number is for each of something: ten copies each time */
    bool remark;  /* the number stands in a remark in brackets, and none elsewhere */
    bool several; /* the text holds several numbers, and no one of them is the value */
};

struct quantities *quantities_open(struct profile *profile);
void quantities_close(struct quantities *quantities);

/* Reads the target TEXT of the indicator KPI (both normalized, without markup): operator and unit may stand at the
   indicator's end. */
void quantities_read_target(struct quantities *quantities, struct text kpi, struct text text,
                            struct quantity *quantity);

/* Reads the result TEXT for TARGET: of several numbers the one with the target's unit. A number in a remark counts where
   the target's stands in one too. */
void quantities_read_result(struct quantities *quantities, struct text text, const struct quantity *target,
                            struct quantity *quantity);

/* Whether the number in a RESULT is the result: it stands at the beginning, or is counted, or behind the words that
   the TARGET has too. In the middle of prose it may be something else. */
bool quantities_is_plain_result(const struct quantities *quantities, const struct quantity *target,
                                const struct quantity *result);

/* Whether two units are the same, blanks and punctuation aside, and whether one says «a year». */
bool quantities_same_unit(const struct quantities *quantities, struct text a, struct text b);

/* The status of a result, for the column `status`: met, missed, pending, none or unknown. */
const char *quantities_status(struct quantities *quantities, struct text target_text,
                              const struct quantity *target, struct text result_text,
                              const struct quantity *result);

#endif
