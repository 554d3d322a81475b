/*
 * Amounts of money as they are printed: the labels of a budget's lines (the profile's budget.csv: kind,pattern), the
 * units behind the digits (money.csv: unit,baht), and digits in which a comma stands for the point.
 */
#ifndef MONEY_H
#define MONEY_H

#include "decimal.h"
#include "profile.h"

/* What a line of a budget is by its label. The first MONEY_ITEMS are the amounts that a project has. */
enum money_label {
    MONEY_ALLOCATED,
    MONEY_CONTRACTED,
    MONEY_DISBURSED,
    MONEY_ITEMS,
    MONEY_YEARLY = MONEY_ITEMS, /* an amount of one year, beneath an item */
    MONEY_TOTAL,
    MONEY_NOTE,     /* a remark: what follows is no item any more */
    MONEY_OTHER,    /* an amount that is of no item, as what was given back */
    MONEY_HEADING,  /* heads items beneath it */
    MONEY_NO_LABEL, /* none that is known */
};

struct money;

/* PROFILE must outlive it. A malformed table of the profile is status 2. The caller closes. */
struct money *money_open(struct profile *profile);
void money_close(struct money *money);

/* The label that LINE begins with, and in *END (which may be NULL) how many bytes of the line it takes. */
enum money_label money_label(struct money *money, struct text line, size_t *end);

/* How many baht the unit is, or NULL for one that the profile does not know. */
const struct decimal *money_factor(const struct money *money, struct text unit);

/* Reads the digits of an amount. A last comma before two digits, where groups of three are expected, is the decimal
   point: then *COMMA (which may be NULL) becomes true. */
bool money_digits(struct money *money, struct text digits, struct decimal *number, bool *comma);

/* Reads an amount, digits and unit apart, in baht. Without a unit, or with one that is not known, the digits are baht.
   False for what is no number, or a sum beyond what a decimal holds. */
bool money_read(struct money *money, struct text digits, struct text unit, struct decimal *baht);

#endif
