/*
 * Budgets: the amounts of a project's budget section, in baht.
 *
 * An item begins with a label that the profile knows (budget.csv: kind,pattern), with or without a number or a dash
 * before it, and goes on over the following lines. Yearly amounts beneath an item count only where the item itself has
 * none; a remark (หมายเหตุ) ends the items. What is left or given back (`other`) is of no item. Of several amounts the
 * first or the last is the total where the others add up to it, or where it is named so; amounts in a remark in brackets
 * do not count beside others.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include "buffer.h"
#include "decimal.h"
#include "grid.h"
#include "money.h"
#include "profile.h"
#include "spelling.h"

enum budget_state {
    BUDGET_NOT_STATED, /* no such item */
    BUDGET_DASH,       /* a dash is printed */
    BUDGET_AMOUNT,
    BUDGET_TEXT, /* something else is printed: text has it */
};

struct budget_item {
    enum budget_state state;
    struct decimal amount; /* baht */
    struct text text;      /* as printed; lives as long as the budgets and until the next section is read */
    uint64_t line;         /* of the amount, or of the label where there is none */
    bool summed;           /* several amounts, added */
    bool unit_doubtful;    /* printed in million baht, but baht is surely meant */
    bool large;            /* a thousand millions or more without a point */
    bool comma_doubtful;   /* a comma was read as the decimal point */
    bool point_doubtful;   /* a point was read as the comma between thousands */
    bool suspect;          /* its digits are parted, or it is a range, or negative: the text is kept */
    uint64_t noted_line;   /* an item of this kind stands behind a remark, where it is not read; 0: none */
    bool overflow;         /* the sum is too large to be true */
    struct misspelling
        misspelling; /* of its label, which is read as it is meant; word is empty when it is well spelt */
    uint64_t misspelt_line;
};

struct budgets;

/* SPELLING must live as long as the budgets. The caller closes. */
struct budgets *budgets_open(struct profile *profile, struct spelling *spelling);
void budgets_close(struct budgets *budgets);

/* Reads the items from the lines and tables of a section into ITEMS, one for each kind. Returns the line of an amount
   that is of none, before the first item or beneath yearly amounts; 0 when there is none. */
uint64_t budgets_read(struct budgets *budgets, const struct grid *grid,
                      struct budget_item items[MONEY_ITEMS]);

#endif
