/*
 * generate TABLE ROWS: writes a made-up table of ROWS rows as CSV to standard output, the same on every machine.
 *
 *   kpis       nine columns of that table of the contract; one row in a hundred breaks its schema
 *   projects   all columns of that table of the contract
 *   old, new   nine columns; the one table is the other a quarter later: one row in a hundred has another value,
 *              one in ten thousand is gone and as many have come
 *   any        new, with its rows in another order
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const agencies[] = {"OPS",  "ONDE", "TMD",  "NSO", "PDPC", "DEPA",
                                       "ETDA", "BDI",  "TCSD", "THP", "NT"};
#define AGENCIES (sizeof agencies / sizeof *agencies)

static const char *const statuses[] = {"met", "missed", "pending", "none"};

/* A prime: steps as wide as this, around a table of any length, come to each of its rows. */
#define STEP UINT64_C(982451653)

/* A number that looks drawn by lot (splitmix64), always the same for the same ROW and COLUMN. */
static uint64_t draw(uint64_t row, unsigned column) {
    uint64_t value = (row * 64 + column + 1) * UINT64_C(0x9E3779B97F4A7C15);
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

/* One of 0 .. LIMIT-1. */
static unsigned below(unsigned limit, uint64_t row, unsigned column) {
    return (unsigned)(draw(row, column) % limit);
}

/* NUMBER in Thai digits. */
static void put_thai(unsigned number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    for (const char *digit = digits; *digit != '\0'; digit++)
        printf("\xE0\xB9%c", 0x90 + (*digit - '0'));
}

/* KPIs: up to three of a project, each with a target such as "not less than 85 per cent", in Thai digits. */
static void put_kpi(uint64_t row) {
    enum { KEY, NUMBER, TEXT, YEAR, VALUE, OPERATOR, LINE, SOUND };
    unsigned fault = below(100, row, 0) == 0 ? below(SOUND, row, 1) : SOUND;
    unsigned target = 1 + below(100, row, 2);
    printf("S%" PRIu64 "%s%07" PRIu64 ",%" PRIu64 ",", row / 3 % 5 + 1, fault == KEY ? "P" : ".P", row / 3,
           fault == NUMBER ? 0 : row % 3 + 1);
    if (fault != TEXT)
        printf("ร้อยละของหน่วยงานที่พัฒนาระบบสารสนเทศแล้วเสร็จตามแผนปฏิบัติการ ระยะที่ %u", below(9, row, 3) + 1);
    printf(",%s,ไม่น้อยกว่าร้อยละ ", fault == YEAR ? "3567" : "2567");
    put_thai(target);
    printf(",%u%s,ร้อยละ,%s,", target, fault == VALUE ? " หน่วย" : "", fault == OPERATOR ? "~" : ">=");
    if (fault != LINE)
        printf("%" PRIu64, 100 + row);
    putchar('\n');
}

/* Progress in per cent: a dash, a whole number or one with two places. */
static void put_progress(uint64_t row) {
    unsigned kind = below(10, row, 0);
    if (kind == 0)
        putchar('-');
    else if (kind < 4)
        printf("%u", below(101, row, 1));
    else
        printf("%u.%02u", below(100, row, 1), below(100, row, 2));
}

/* Projects, strategy by strategy as in a report; every tenth title has a comma in it. */
static void put_project(uint64_t row, uint64_t rows) {
    unsigned strategy = (unsigned)(row * 5 / rows) + 1;
    uint64_t number = row - (rows * (strategy - 1) + 4) / 5 + 1;
    printf("S%u.P%02" PRIu64 ",,%u,%" PRIu64 ",%" PRIu64 ",", strategy, number, strategy, number, number);
    printf(row % 10 == 0 ? "\"โครงการพัฒนาและปรับปรุงระบบสารสนเทศ, ระยะที่ %" PRIu64 "\""
                         : "โครงการพัฒนาและปรับปรุงระบบสารสนเทศ ระยะที่ %" PRIu64,
           number);
    printf(",%s,กองยุทธศาสตร์และแผนงาน สำนักงานปลัดกระทรวง (กยผ.),4,2023-10-01,2024-%02u-%02u,,",
           agencies[below(AGENCIES, row, 3)], below(12, row, 4) + 1, below(28, row, 5) + 1);
    /* Quarters of a baht, so that the peers that add in floating point add exactly too. */
    printf("%u,%u.%02u,", below(100000000, row, 6), below(100000000, row, 7), 25 * below(4, row, 8));
    if (below(2, row, 9) == 0)
        putchar('-');
    else
        printf("%u", below(100000000, row, 10));
    printf(",3,3,5,5,none,");
    put_progress(row);
    putchar(',');
    put_progress(row);
    printf(",%" PRIu64 ",%" PRIu64 "\n", 80 * row + 1, 80 * row + 80);
}

/* A row of old, or where LATER of new: its progress, its budget or its end may be another one then. */
static void put_state(uint64_t row, int later) {
    enum { PROGRESS, BUDGET, END, SAME };
    unsigned change = later && below(100, row, 0) == 0 ? below(SAME, row, 1) : SAME;
    unsigned progress = below(100, row, 6);
    unsigned budget = below(100000000, row, 5);
    unsigned strategy = (unsigned)(row % 5) + 1;
    printf("S%u.P%07" PRIu64 ",%u,โครงการพัฒนาระบบที่ %" PRIu64 ",%s,2024-%02u-%02u,%u-%02u-%02u,%u,%u,%s\n",
           strategy, row, strategy, row, agencies[row % AGENCIES], below(12, row, 2) + 1,
           below(28, row, 3) + 1, 2025u + (change == END), below(12, row, 4) + 1, below(28, row, 7) + 1,
           budget + (change == BUDGET), progress + (change == PROGRESS), statuses[below(4, row, 8)]);
}

/* Row ROW of old or new: of ten thousand one is in old only, and new has one in its place. */
static void put_old_or_new(uint64_t row, int later) {
    put_state(later && row % 10000 == 5000 ? row + 5000000 : row, later);
}

static const struct {
    const char *name;
    const char *header;
} tables[] = {
    {"kpis", "key,n,kpi,year,target,target_value,target_unit,target_op,line"},
    {"projects",
     "key,parent,strategy,number,number_printed,title,agency,agency_text,objectives,start,end,duration_days,"
     "budget_allocated,budget_contracted,budget_disbursed,kpis,results,activities,activities_stated,"
     "obstacles,progress_total,progress_year,line_first,line_last"},
    {"old", "key,strategy,title,agency,start,end,budget,progress,status"},
    {"new", "key,strategy,title,agency,start,end,budget,progress,status"},
    {"any", "key,strategy,title,agency,start,end,budget,progress,status"},
};
enum table { KPIS, PROJECTS, OLD, NEW, ANY, TABLES };

static void put_row(enum table table, uint64_t i, uint64_t rows) {
    if (table == KPIS)
        put_kpi(i);
    else if (table == PROJECTS)
        put_project(i, rows);
    else if (table == ANY)
        put_old_or_new(i * STEP % rows, 1);
    else
        put_old_or_new(i, table == NEW);
}

int main(int argc, char **argv) {
    int table = 0;
    while (argc == 3 && table < TABLES && strcmp(argv[1], tables[table].name) != 0)
        table++;
    if (argc != 3 || table == TABLES) {
        fputs("usage: generate kpis|projects|old|new|any ROWS\n", stderr);
        return 2;
    }
    uint64_t rows = strtoull(argv[2], NULL, 10);
    puts(tables[table].header);
    for (uint64_t i = 0; i < rows; i++)
        put_row((enum table)table, i, rows);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
