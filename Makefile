# cfaudit: one non-recursive Makefile. `make help` lists the targets.
# Objects live in build/<hash of compiler and flags>/, so that builds with other flags keep theirs.

# Goals beside deps are made by a make of their own once the packages are there, because what
# follows asks pkg-config for the flags of the libraries.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
OTHER_GOALS := $(filter-out deps,$(MAKECMDGOALS))
.PHONY: deps $(OTHER_GOALS)
deps:
	@sh tests/deps.sh $(MAKECMDGOALS)
ifneq ($(OTHER_GOALS),)
$(firstword $(OTHER_GOALS)): deps
	@$(MAKE) --no-print-directory $(OTHER_GOALS)
$(wordlist 2,99,$(OTHER_GOALS)): $(firstword $(OTHER_GOALS))
	@:
endif
else

CC ?= cc
CFLAGS ?= -O3 -g
LDFLAGS ?=
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
DATADIR ?= $(PREFIX)/share/cfaudit
# where shells look for completion
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DESTDIR ?=
V ?= 0
WERROR ?= 0

VERSION := 0.1.0
PACKAGES := libxml-2.0 libarchive libzip libcrypto libisal libzstd libical libpcre2-8 libutf8proc
ifneq ($(shell command -v $(PKG_CONFIG) 2>/dev/null),)
LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
LIB_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
endif
LIBS = $(LIB_LIBS) -lxlsxwriter -lpthread -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wimplicit-fallthrough
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif
OWN_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -DCFAUDIT_VERSION='"$(VERSION)"' \
              -fno-common -fstack-protector-strong -Itools $(LIB_CFLAGS) $(WARNINGS)
ALL_CFLAGS = $(OWN_CFLAGS) $(CFLAGS)

HASH := $(shell printf '%s' '$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LIBS)' | cksum | cut -d' ' -f1)
B := build/$(HASH)

Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)')

SOURCES := $(sort $(wildcard tools/*/*.c))
HEADERS := $(sort $(wildcard tools/*/*.h))
MAIN := tools/cmd/main.c
OBJECTS := $(SOURCES:%.c=$(B)/%.o) $(B)/shipped_data.o
LIBRARY := $(B)/libcfaudit.a
LIBRARY_OBJECTS := $(filter-out $(MAIN:%.c=$(B)/%.o),$(OBJECTS))
PROGRAM := $(B)/cfaudit

UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_PROGRAMS := $(UNIT_SOURCES:%.c=$(B)/%)

# Fuzz targets: with FUZZ=1 for libFuzzer, else for replaying files.
FUZZ ?= 0
FUZZ_SECONDS ?= 60
FUZZ_MAIN := $(if $(filter 1,$(FUZZ)),,tests/fuzz/replay.c)
FUZZ_TARGETS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

# Documents compiled into the program.
SHIPPED := $(sort $(wildcard schemas/*.xsd schemas/sources/*.xml schemas/calendars/*.xml schemas/slas/*.xml schemas/processes/*.xml \
                     schemas/models/*.xml schemas/trust/*.xml schemas/profiles/*.xml \
                     schemas/clauses/*.xml schemas/lexicons/*.xml checklists/*.xml))

.DELETE_ON_ERROR:
.PHONY: all help deps demo lint test test-slow check sanitize coverage valgrind fuzz bench format \
        check-layers golden install uninstall dist clean program unit test-unit sanitize-build sanitize-run \
        coverage-run fuzz-run replay FORCE

all: build/cfaudit

build/cfaudit: $(PROGRAM) FORCE
	$(Q)cmp -s $< $@ || cp $< $@

$(PROGRAM): $(MAIN:%.c=$(B)/%.o) $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(LIBRARY): $(LIBRARY_OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/shipped_data.o: $(SHIPPED) tools/source/embed.sh
	$(call say,EMBED,$(words $(SHIPPED)) documents)
	@mkdir -p $(@D)
	$(Q)sh tools/source/embed.sh $(@:.o=) $(SHIPPED)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $(@:.o=_c.o) $(@:.o=.c)
	$(Q)$(CC) -c -o $(@:.o=_s.o) $(@:.o=.S)
	$(Q)$(CC) $(filter-out -fsanitize%,$(LDFLAGS)) -nostdlib -r -o $@ $(@:.o=_c.o) $(@:.o=_s.o)

# The whole program inside another: its own main under another name. Faults lets the nth allocation
# or write fail, serve runs it many times, clocked has clocks of its own.
FAULT_PROGRAM := $(B)/tests/faults/faults
SERVE_PROGRAM := $(B)/tests/harness/serve
CLOCKED_PROGRAM := $(B)/tests/harness/clocked
$(FAULT_PROGRAM) $(SERVE_PROGRAM) $(CLOCKED_PROGRAM): $(B)/%: %.c $(MAIN) $(LIBRARY)
	$(call say,TEST,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Dmain=cfaudit_main -c -o $@_main.o $(MAIN)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $@_main.o $(LIBRARY) $(LDFLAGS) $(LIBS) -ldl

$(B)/tests/unit/%: tests/unit/%.c $(LIBRARY)
	$(call say,TEST,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests/unit -MMD -MP -o $@ $< $(LIBRARY) $(LDFLAGS) -lcmocka $(LIBS) -lz

-include $(OBJECTS:.o=.d) $(UNIT_PROGRAMS:=.d)

help:
	@sed -n 's/^## //p' Makefile

## all              build build/cfaudit
## deps             install what is missing (Debian; elsewhere prints the packages)

## demo             run a complete audit on the shipped example
demo: build/cfaudit
	@sh tests/demo.sh

## lint             layers, headers, banned functions, tables, manual
lint: check-layers
	@sh tests/lint/lint.sh '$(CC)' '$(OWN_CFLAGS)' $(B)

## check-layers     rooms include only what tests/layers.txt allows
check-layers:
	@sh tests/lint/layers.sh

program: $(PROGRAM)

replay: $(SERVE_PROGRAM) $(CLOCKED_PROGRAM) $(FUZZ_TARGETS)

unit: $(UNIT_PROGRAMS)

## test             unit, command line, workbook and real-data tests (about a minute)
test: program unit $(SERVE_PROGRAM) $(CLOCKED_PROGRAM) $(FUZZ_TARGETS)
	@python3 tests/run.py --build $(B) test

test-unit: unit
	@python3 tests/run.py --build $(B) unit

## test-slow        faults, large data, valgrind
test-slow: program unit $(FAULT_PROGRAM)
	@python3 tests/run.py --build $(B) slow

## valgrind         unit and command-line tests under valgrind
valgrind: program unit
	@python3 tests/run.py --build $(B) valgrind

## check            everything: lint, tests, sanitizers, second compiler
check:
	@python3 tests/check.py '$(MAKE)' '$(CC)'

## sanitize         the tests with address and undefined-behaviour sanitizers
SANITIZE := WERROR=1 \
    CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' \
    LDFLAGS='-fsanitize=address,undefined'
sanitize:
	@$(MAKE) --no-print-directory $(SANITIZE) sanitize-run
sanitize-run: program unit $(SERVE_PROGRAM) $(CLOCKED_PROGRAM) $(FUZZ_TARGETS)
	@python3 tests/run.py --build $(B) --plainly --without install/ test
sanitize-build:
	@$(MAKE) --no-print-directory $(SANITIZE) program unit replay

## coverage         lines of each file that the tests reach
coverage:
	@$(MAKE) --no-print-directory CC=gcc CFLAGS='-O0 -g --coverage' LDFLAGS=--coverage coverage-run
coverage-run: program unit $(SERVE_PROGRAM) $(CLOCKED_PROGRAM) $(FUZZ_TARGETS)
	@find $(B) -name '*.gcda' -delete
	@python3 tests/run.py --build $(B) test
	@python3 tests/coverage.py $(B)

## bench            speed beside other tools (seeded generators); BENCH='--scale 0.1'
BENCH ?=
BENCH_HELPERS := $(addprefix $(B)/tests/bench/,generate generate_log generate_json generate_messages detect_texts scan_log decode_bare sax xlsx_bare xlsx_book html_book peak)
$(B)/tests/bench/decode_bare: private LIBS += -lz
$(B)/tests/bench/%: tests/bench/%.c $(LIBRARY)
	$(call say,BENCH,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(LDFLAGS) $(LIBS)
# The peers for JSON, each where its library is installed: name, header, library.
define json_peer
ifneq ($(wildcard /usr/include/$(2)),)
BENCH_HELPERS += $(B)/tests/bench/json_$(1)
$(B)/tests/bench/json_$(1): private LIBS += $(3)
endif
endef
$(eval $(call json_peer,yajl,yajl/yajl_parse.h,-lyajl))
$(eval $(call json_peer,jsmn,jsmn.h,))
$(eval $(call json_peer,cjson,cjson/cJSON.h,-lcjson))
$(eval $(call json_peer,jansson,jansson.h,-ljansson))
$(eval $(call json_peer,jsonc,json-c/json.h,-ljson-c))
$(eval $(call json_peer,fastjson,libfastjson/json.h,-lfastjson))
$(eval $(call json_peer,parser,json-parser/json.h,-ljsonparser))
$(eval $(call json_peer,laxjson,laxjson.h,-llaxjson))
ifneq ($(and $(wildcard /usr/include/simdjson.h),$(shell command -v $(CXX) 2>/dev/null)),)
BENCH_HELPERS += $(B)/tests/bench/json_simdjson
$(B)/tests/bench/json_simdjson: tests/bench/json_simdjson.cc
	$(call say,BENCH,$<)
	@mkdir -p $(@D)
	$(Q)$(CXX) -std=c++17 -O2 -o $@ $< -lsimdjson
endif
bench: program $(BENCH_HELPERS)
	@python3 tests/bench/bench.py --build $(B) $(BENCH)

## golden           rewrite expected outputs; read the diff like code
golden: program
	@python3 tests/run.py --build $(B) --golden test

## fuzz             each fuzz target for FUZZ_SECONDS (clang)
$(B)/tests/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz_reader.h $(FUZZ_MAIN) $(LIBRARY)
	$(call say,FUZZ,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests/fuzz -o $@ $< $(FUZZ_MAIN) $(LIBRARY) $(LDFLAGS) $(LIBS)
fuzz:
	@$(MAKE) --no-print-directory FUZZ=1 CC=clang fuzz-run \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
	    LDFLAGS='-fsanitize=fuzzer,address,undefined'
fuzz-run: $(FUZZ_TARGETS)
	@for target in $(FUZZ_TARGETS); do \
	    name=$${target##*/}; mkdir -p build/fuzz/$$name; \
	    echo "  FUZZ    $$name, $(FUZZ_SECONDS) s"; \
	    $$target -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=build/fuzz/ build/fuzz/$$name \
	        tests/fuzz/corpus/$${name#fuzz_} >build/fuzz/$$name.log 2>&1 || \
	        { tail -n 60 build/fuzz/$$name.log; exit 1; }; \
	done

## format           clang-format in place
format:
	clang-format -i $(SOURCES) $(HEADERS) $(UNIT_SOURCES)

## install          DESTDIR PREFIX BINDIR MANDIR DATADIR BASHDIR ZSHDIR FISHDIR
install: build/cfaudit
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7
	install -m 755 build/cfaudit $(DESTDIR)$(BINDIR)/cfaudit
	install -m 644 $(wildcard tools/man/*.1) $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(wildcard tools/man/*.5) $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(wildcard tools/man/*.7) $(DESTDIR)$(MANDIR)/man7
	install -d $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	build/cfaudit --completion bash >$(DESTDIR)$(BASHDIR)/cfaudit
	build/cfaudit --completion zsh >$(DESTDIR)$(ZSHDIR)/_cfaudit
	build/cfaudit --completion fish >$(DESTDIR)$(FISHDIR)/cfaudit.fish
	find checklists schemas -type f | while read -r f; do \
	    install -D -m 644 "$$f" "$(DESTDIR)$(DATADIR)/$$f" || exit 1; done

## uninstall        removes what install put there
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/cfaudit $(DESTDIR)$(BASHDIR)/cfaudit $(DESTDIR)$(ZSHDIR)/_cfaudit \
	    $(DESTDIR)$(FISHDIR)/cfaudit.fish
	rm -f $(patsubst tools/man/%,$(DESTDIR)$(MANDIR)/man1/%,$(wildcard tools/man/*.1))
	rm -f $(patsubst tools/man/%,$(DESTDIR)$(MANDIR)/man5/%,$(wildcard tools/man/*.5))
	rm -f $(patsubst tools/man/%,$(DESTDIR)$(MANDIR)/man7/%,$(wildcard tools/man/*.7))
	find checklists schemas -type f | while read -r f; do rm -f "$(DESTDIR)$(DATADIR)/$$f"; done
	if [ -d "$(DESTDIR)$(DATADIR)" ]; then find "$(DESTDIR)$(DATADIR)" -depth -type d -empty -delete; fi

## dist             source archive of the last commit
dist:
	@mkdir -p build
	git archive --format=tar --prefix=cfaudit-$(VERSION)/ HEAD | gzip -n9 >build/cfaudit-$(VERSION).tar.gz

## clean            removes build/
clean:
	rm -rf build

FORCE:

endif
