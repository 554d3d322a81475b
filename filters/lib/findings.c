/* Findings; see findings.h. */
#include "findings.h"

#include <stdlib.h>

#include "table.h"

const char *const findings_columns[FINDINGS_COLUMNS] = {
    "severity", "rule", "key", "table", "n", "field", "line", "observed", "expected", "message"};

struct findings {
    struct table_writer *writer; /* NULL: standard error */
    const char *file;
    uint64_t counts[3];
};

struct findings *findings_open(const char *path, const char *file) {
    struct findings *findings = memory_zeroed(1, sizeof *findings);
    findings->file = file;
    if (path != NULL)
        findings->writer = table_create(path, false, false, findings_columns, FINDINGS_COLUMNS);
    return findings;
}

static void put_count(struct table_writer *writer, uint64_t number) {
    if (number > 0)
        table_put_number(writer, number);
    else
        table_put(writer, TEXT(""));
}

void findings_add(struct findings *findings, const struct finding *finding) {
    findings->counts[finding->severity]++;
    if (findings->writer == NULL) {
        diagnose(finding->severity, findings->file, finding->line, "%s: %.*s%s%.*s", finding->rule,
                 (int)finding->key.len, finding->key.data, finding->key.len > 0 ? ": " : "",
                 (int)finding->message.len, finding->message.data);
        return;
    }
    table_put_string(findings->writer, severity_name(finding->severity));
    table_put_string(findings->writer, finding->rule);
    table_put(findings->writer, finding->key);
    table_put_string(findings->writer, finding->table);
    put_count(findings->writer, finding->n);
    table_put_string(findings->writer, finding->field);
    put_count(findings->writer, finding->line);
    table_put(findings->writer, finding->observed);
    table_put(findings->writer, finding->expected);
    table_put(findings->writer, finding->message);
    table_end_row(findings->writer);
}

int findings_close(struct findings *findings) {
    int status = findings->counts[SEVERITY_ERROR] > 0 ? STATUS_REPORT : STATUS_DONE;
    if (findings->writer != NULL)
        table_finish(findings->writer);
    free(findings);
    return status;
}
