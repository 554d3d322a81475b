/* Letters that do not belong into Thai text; see foreign.h. */
#include "foreign.h"

#include <stdlib.h>

#include "pattern.h"
#include "thai.h"
#include "utf8.h"

#define THAI_LETTER "\\p{Thai}"
/* The micro sign and superscript digits are Greek or Common; flags and U+FFFD are Common too. */
#define FOREIGN_LETTERS \
    "(?:[^\\p{Thai}\\p{Latin}\\p{Greek}\\p{Common}\\p{Inherited}]|[\\x{1F1E6}-\\x{1F1FF}\\x{FFFD}])+"

struct foreign {
    struct pattern *thai;
    struct pattern *letters;
};

struct foreign *foreign_new(void) {
    struct foreign *foreign = memory_zeroed(1, sizeof *foreign);
    foreign->thai = pattern_compile(TEXT(THAI_LETTER), "foreign letters", 0);
    foreign->letters = pattern_compile(TEXT(FOREIGN_LETTERS), "foreign letters", 0);
    return foreign;
}

uint64_t foreign_find(const struct foreign *foreign, struct text line, struct buffer *letters) {
    struct match match;
    uint64_t count = 0;
    size_t from = 0;
    if (thai_is_usual(line) || !pattern_match(foreign->thai, line, 0, NULL))
        return 0;
    while (pattern_match(foreign->letters, line, from, &match)) {
        if (count > 0)
            buffer_append_char(letters, ' ');
        buffer_append_text(letters, match.groups[0]);
        count += utf8_count(match.groups[0]);
        from = match.end;
    }
    return count;
}

void foreign_free(struct foreign *foreign) {
    if (foreign == NULL)
        return;
    pattern_free(foreign->thai);
    pattern_free(foreign->letters);
    free(foreign);
}
