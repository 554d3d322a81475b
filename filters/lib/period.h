/*
 * Periods: dates and ranges of dates as Thai reports print them.
 *
 * `3 สิงหาคม 2567`, `3 ส.ค. 67`, `ก.พ. - เม.ย. 68`, `1 ตุลาคม 2566 – 30 กันยายน 2567`, `26 - 27 สิงหาคม 2567`,
 * `3/8/2567`, several ranges, or a year or a fiscal year alone. The names of the months come from the profile's
 * months.csv (month,name). Years of two digits are 25xx of the Buddhist era.
 */
#ifndef PERIOD_H
#define PERIOD_H

#include "date.h"
#include "profile.h"

struct calendar;

struct period {
    struct date start; /* of the first range; year 0 when the text has no date */
    struct date end;   /* the latest end of all ranges */
    int ranges;        /* how many were found */
    bool impossible; /* a date was printed that cannot be (31 June); it is left out, and its end is unknown */
    bool start_lost; /* such a date is the start of the first range */
    struct date lost_end; /* about when the latest such date is that ends a range; year 0: none does */
    bool years_alone; /* it is a year, or years, and nothing else: a heading perhaps of dates beneath it */
    bool open; /* one end only is printed («until now», «from … on», «by …»); the other is unknown */
    /* A date without a year, for which none could be taken from its other end, or digits that are of no date that can
       be read: the end of the period that they would be is left out. */
    bool doubtful;
};

struct calendar *calendar_open(struct profile *profile);
void calendar_close(struct calendar *calendar);

/* Reads the period in TEXT (normalized, without markup). */
void calendar_read(struct calendar *calendar, struct text text, struct period *period);

/* Takes MORE, read from a further line, into PERIOD: the first start stays, the end is the later one. */
void period_join(struct period *period, const struct period *more);

#endif
