# traimat: progress reports to checked, versioned tables.
#
#   make                 programs into build/bin
#   make BUILD=asan      the same with address and undefined sanitizers, into build/asan/bin
#   make BUILD=debug     unoptimised, into build/debug/bin
#   make run             install what is missing, build, run the nightly line over INBOX into STORE
#   make page            the same for one REPORT by its PROFILE, to a page to look at, PAGE
#   make test            install what is missing, build, run every test (TESTS=tests/x.bats for some)
#   make test-all        the same with the heavy tools (browser, LibreOffice, PostgreSQL, sshd, npm packages)
#   make accuracy        the tables of the real report against those made by hand
#   make bench           speed, as ratios to public tools, and how it grows with the input; a quarter of an hour
#   make bench-quick     the ratios alone, on a twentieth of the input; under a minute
#   make instructions    renew the list of instruction counts that make test-all compares with
#   make lint            every checker over C, shell and manual pages; make format lays C and shell out
#   make pages           the manual page traimat-tables(5) from the schemas
#   make install         into $(DESTDIR)$(PREFIX)
#   make clean           remove what was built (a store in build/store stays)

VERSION = 0.1.0
BUILD = release
PREFIX = /usr/local
DESTDIR =
INBOX = fixtures/inbox
STORE = build/store
# One profile for each ministry of INBOX; where none is named those of the fixtures for the fixtures, however they are
# called, and the tree's for all others.
PROFILES =
REPORT = fixtures/inbox/msc/2567-q3.txt
PROFILE = fixtures/profiles/msc
PAGE = build/page.html
TESTS = $(wildcard tests/*.bats)
SHELL = /bin/bash

ifeq ($(BUILD),release)
B = build
MODE_CFLAGS = -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
else ifeq ($(BUILD),asan)
B = build/asan
MODE_CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(BUILD),debug)
B = build/debug
MODE_CFLAGS = -O0 -g3
else
$(error BUILD is release, asan or debug, not '$(BUILD)')
endif

CFLAGS =
CPPFLAGS =
LDFLAGS =
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion
DEFINES = -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 -DTRAIMAT_VERSION='"$(VERSION)"'
ALL_CFLAGS = -std=c11 $(WARNINGS) $(DEFINES) $(INCLUDES) $(MODE_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LIBS = -lcsv -lpcre2-8 -lz -ljansson -lm -pthread

NAMES = $(basename $(notdir $(wildcard filters/*.c)))
PROGRAMS = $(addprefix $(B)/bin/,$(NAMES))
LIB = $(B)/obj/libtraimat.a
# filters/lib is what the filters share; filters/NAME/ are the parts of the filter NAME.
INCLUDES = $(patsubst %/,-I%,$(sort $(dir $(wildcard filters/*/*.h))))
LIB_OBJECTS = $(patsubst filters/%.c,$(B)/obj/%.o,$(wildcard filters/*/*.c))
PIPELINES = $(filter-out %.1 %.5 %.7 %/profiles %/lib %/systemd %/completion %/page,$(wildcard pipelines/*))
# pipelines/lib is what pipelines share: files to be sourced (*.bash), and programs that only pipelines run;
# pipelines/systemd what starts nightly; pipelines/page the parts of report-page.
PIPELINES_LIB = $(wildcard pipelines/lib/*)
PAGES = $(wildcard filters/*.1 pipelines/*.[157])
SCRIPTS = $(wildcard .ci/run tests/run tests/packages tests/npm-packages tests/*.bash tests/bench/run \
    tests/bench/instructions tests/bench/*.bash) $(PIPELINES) \
    $(filter-out %.jq %.sql %.awk,$(PIPELINES_LIB)) pipelines/completion/traimat.bash
# tests/preload/*.c are libraries that a test puts before a program's own.
TOOLS = $(patsubst tests/%.c,$(B)/test/%,$(wildcard tests/*.c tests/bench/*.c)) \
    $(patsubst tests/preload/%.c,$(B)/test/%.so,$(wildcard tests/preload/*.c))
SOURCES = $(wildcard filters/*.c filters/*/*.c tests/*.c tests/bench/*.c tests/preload/*.c)
HEADERS = $(wildcard filters/*/*.h)

all: $(PROGRAMS)
	@:

$(B)/bin/%: $(B)/obj/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(MODE_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LIBS)

$(LIB): $(LIB_OBJECTS)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJECTS)

$(B)/obj/%.o: filters/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/test/%: tests/%.c $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LIBS)

$(B)/test/%.so: tests/preload/%.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) -O2 -g $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -shared -fPIC -o $@ $< -ldl

packages-build packages-run packages-test packages-test-all packages-lint packages-bench: packages-%:
	@bash tests/packages $*

run:
	@bash tests/packages build run
	@$(MAKE) --no-print-directory all
	@status=0; profiles='$(PROFILES)'; \
	if [ -z "$$profiles" ]; then \
	    profiles=pipelines/profiles; \
	    if [ '$(INBOX)' -ef fixtures/inbox ]; then profiles=fixtures/profiles; fi; \
	fi; \
	TRAIMAT_BIN='$(abspath $(B)/bin)' pipelines/nightly --profiles "$$profiles" '$(INBOX)' '$(STORE)' || status=$$?; \
	if [ $$status -gt 1 ]; then exit $$status; fi; \
	printf 'The tables lie in %s/MINISTRY/PERIOD/latest/ (findings.csv there says what to look at).\n' '$(STORE)'

page:
	@bash tests/packages build run
	@$(MAKE) --no-print-directory all
	@# The tables lie beside the page, in a folder of its name without the ending; a name without one gets another.
	@export TRAIMAT_BIN='$(abspath $(B)/bin)'; status=0; page='$(PAGE)'; \
	case "$${page##*/}" in ?*.*) tables=$${page%.*} ;; *) tables=$$page.tables ;; esac; \
	pipelines/report-tables -p '$(PROFILE)' '$(REPORT)' "$$tables" || status=$$?; \
	if [ $$status -gt 1 ]; then exit $$status; fi; \
	pipelines/report-page -p '$(PROFILE)' -o "$$page" "$$tables" && echo "The page is $$page."

test:
	@bash tests/packages build run test
	@$(MAKE) --no-print-directory all $(TOOLS)
	@TRAIMAT_BIN='$(abspath $(B)/bin)' tests/run '$(B)/test' $(TESTS)

# Tests that need a heavy tool are skipped by `make test`; see need_heavy in tests/helpers.bash.
test-all:
	@bash tests/packages build run test test-all
	@bash tests/npm-packages tests/npm build/npm
	@TRAIMAT_TEST_ALL=1 $(MAKE) --no-print-directory test

# The tables of the real report against those made by hand: cells compared, cells equal, each difference.
accuracy: all $(TOOLS)
	@report=../shared/reports/mdes-2567-q3.txt; examples=../shared/examples; \
	if [ ! -f $$report ]; then echo "make accuracy: needs the real report at $$report" >&2; exit 2; fi; \
	rm -rf $(B)/accuracy; mkdir -p $(B)/accuracy; \
	$(B)/bin/extract-sections -f $(B)/accuracy/section-findings.csv -o $(B)/accuracy/sections.csv $$report && \
	$(B)/bin/extract-records -d $(B)/accuracy -f $(B)/accuracy/findings.csv $(B)/accuracy/sections.csv && \
	$(B)/test/accuracy $(B)/accuracy tests/expected/mdes-2567-q3 $$([ ! -d $$examples ] || echo $$examples)

# Speed as ratios to public tools and to the bare libraries; the machine should be otherwise idle.
bench-quick: BENCH = -m 10 -r 50000 -n 3 -s 0 ratios
bench bench-quick:
	@bash tests/packages build run bench
	@bash tests/npm-packages tests/bench/npm build/bench/npm
	@$(MAKE) --no-print-directory all $(TOOLS)
	@TRAIMAT_BIN='$(abspath $(B)/bin)' tests/bench/run $(BENCH)

instructions:
	@bash tests/packages build run bench
	@$(MAKE) --no-print-directory all $(TOOLS)
	TRAIMAT_BIN='$(abspath $(B)/bin)' tests/bench/instructions >$(B)/instructions.tsv
	mv $(B)/instructions.tsv tests/expected/instructions.tsv

# Left out of clang-tidy's checks, with the reason:
#   easily-swappable-parameters: text is (pointer, length) here, and the check wants neither beside another number
#   DeprecatedOrUnsafeBufferHandling: asks for Annex K, which glibc has not
#   implicit-widening-of-multiplication-result, narrowing-conversions: the compilers' -Wconversion says what matters
#   sizeof-expression: takes the size of an element in an array of pointers for a mistake
#   no-int-to-ptr: zlib's next_in is not const, and this is how its input stays so
#   cert-err33-c: asks for the result of every fprintf; output is checked once, when it is closed
TIDY_LEFT_OUT = bugprone-easily-swappable-parameters bugprone-assignment-in-if-condition \
    clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling \
    bugprone-implicit-widening-of-multiplication-result bugprone-narrowing-conversions bugprone-sizeof-expression \
    performance-no-int-to-ptr misc-no-recursion cert-err33-c
COMMA = ,
EMPTY =
BLANK = $(EMPTY) $(EMPTY)
TIDY_CHECKS = -*,clang-analyzer-*,bugprone-*,cert-*,misc-*,portability-*,performance-*,-$(subst $(BLANK),$(COMMA)-,$(strip $(TIDY_LEFT_OUT)))

lint:
	@bash tests/packages build lint
	clang-format --dry-run -Werror $(SOURCES) $(HEADERS)
	gcc -fsyntax-only -Werror $(ALL_CFLAGS) $(SOURCES)
	clang -fsyntax-only -Werror $(ALL_CFLAGS) $(SOURCES)
	@# One file a run: clang-tidy 14 doubts every va_list from its second file on. Its stderr only counts.
	printf '%s\n' $(SOURCES) | xargs -P 2 -I FILE clang-tidy --quiet --warnings-as-errors='*' \
	    --checks='$(TIDY_CHECKS)' FILE -- -std=c11 $(DEFINES) $(INCLUDES) 2>/dev/null
	@# nullPointerRedundantCheck does not see that die() ends the program; clang's analyzer does.
	cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
	    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck $(DEFINES) $(INCLUDES) $(SOURCES)
	shellcheck $(SCRIPTS)
	shfmt -i 4 -d $(SCRIPTS)
	mandoc -Tlint -Wwarning $(PAGES)

format:
	clang-format -i $(SOURCES) $(HEADERS)
	shfmt -i 4 -w $(SCRIPTS)

pages:
	jq -r -f tests/tables-page.jq pipelines/profiles/common/schemas/*.json >pipelines/traimat-tables.5

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/traimat/lib'
	install -m 755 $(PROGRAMS) $(PIPELINES) '$(DESTDIR)$(PREFIX)/bin'
	install -m 755 $(PIPELINES_LIB) '$(DESTDIR)$(PREFIX)/share/traimat/lib'
	install -d '$(DESTDIR)$(PREFIX)/share/traimat/systemd'
	install -m 644 $(wildcard pipelines/systemd/*) '$(DESTDIR)$(PREFIX)/share/traimat/systemd'
	for page in $(PAGES); do \
	    install -D -m 644 "$$page" "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}" || exit 1; \
	done
	install -D -m 644 pipelines/completion/_traimat '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_traimat'
	for command in $(notdir $(PROGRAMS) $(PIPELINES)); do \
	    install -D -m 644 pipelines/completion/traimat.bash \
	        "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$command" || exit 1; \
	done
	install -d '$(DESTDIR)$(PREFIX)/share/traimat/page'
	install -m 644 pipelines/page/* '$(DESTDIR)$(PREFIX)/share/traimat/page'
	(cd pipelines/profiles && find . -type f) | while IFS= read -r file; do \
	    install -D -m 644 "pipelines/profiles/$$file" '$(DESTDIR)$(PREFIX)/share/traimat/profiles/'"$$file" || exit 1; \
	done

clean:
	rm -rf build/bin build/obj build/test build/asan build/debug build/bench

.PHONY: all bench bench-quick instructions accuracy run page test test-all lint format pages install clean \
    packages-build packages-run packages-test packages-test-all packages-lint packages-bench
.SECONDARY:

-include $(wildcard $(B)/obj/*.d $(B)/obj/*/*.d)
