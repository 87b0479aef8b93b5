# `make check` runs the scenarios of swapcheck.yml, `make test` all tests. Both install what they
# need from Debian's packages; Swift 6.1 or later has to be there.

SWIFT ?= swift
BUILD_FLAGS ?= -c release

.PHONY: check test test-sanitized build static manual install fuzz bench test-images \
  test-rumur-suite test-mermaid refresh-variants mutation-scores pictures boot-check kernel-logs \
  kernel-kho handover-logs format format-check swift-toolchain z3 tcc cvc5 rumur spin image-tools \
  schema-tools browser boot-tools arm-boot-tools kernel-tools mpi cluster test-cluster clean

check: build
	.build/release/swapcheck check

build: swift-toolchain z3 tcc
	$(SWIFT) build $(BUILD_FLAGS) --product swapcheck

# A checker with Swift's libraries in it: for machines that have none, and 6 of the 14 ms that the
# smallest check takes are theirs. make install PREFIX=$HOME/.local
PREFIX ?= /usr/local
STATIC := .build/static/swapcheck

static: swift-toolchain z3 tcc
	SWAPCHECK_STATIC=1 $(SWIFT) build $(BUILD_FLAGS) --product swapcheck
	install -D .build/release/swapcheck $(STATIC)

# What shells complete and man(1) shows is made from the options themselves, the manual page by a tool of
# the parser's package. Of an empty line in it man(1) warns: it is the end of a paragraph.
SHARE := .build/share
MANUAL_TOOL := .build/release/generate-manual

manual: static
	SWAPCHECK_STATIC=1 $(SWIFT) build $(BUILD_FLAGS) --product generate-manual
	install -d $(SHARE)
	$(MANUAL_TOOL) $(STATIC) --output-directory $(SHARE) \
	  $$(date=$$(git log -1 --format=%cs 2>/dev/null) && echo --date $$date)
	sed -i 's/^$$/.Pp/' $(SHARE)/swapcheck.1
	for shell in bash zsh fish; do \
	  $(STATIC) --generate-completion-script $$shell > $(SHARE)/swapcheck.$$shell || exit 1; done

# What a search on several machines calls MPI through, by the site's mpicc: make cluster MPICC=…/mpicc.
# The checker itself is built without it, and needs it for --cluster alone.
MPICC ?= mpicc
CLUSTER ?= .build/cluster/libswapcheck-cluster.so
SHIM := Sources/Checker/Cluster/Shim/cluster-shim.c

cluster: mpi
	install -d $(dir $(CLUSTER))
	$(MPICC) -O2 -Wall -Wextra -shared -fPIC -o $(CLUSTER) $(SHIM)

install: static manual
	install -D -m 755 $(STATIC) $(DESTDIR)$(PREFIX)/bin/swapcheck
	if [ -e $(CLUSTER) ]; then install -D -m 755 $(CLUSTER) \
	  $(DESTDIR)$(PREFIX)/lib/swapcheck/$(notdir $(CLUSTER)); fi
	install -D -m 644 $(SHARE)/swapcheck.1 $(DESTDIR)$(PREFIX)/share/man/man1/swapcheck.1
	install -D -m 644 $(SHARE)/swapcheck.bash \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/swapcheck
	install -D -m 644 $(SHARE)/swapcheck.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_swapcheck
	install -D -m 644 $(SHARE)/swapcheck.fish \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/swapcheck.fish

test: swift-toolchain rumur cvc5 image-tools schema-tools browser boot-tools build cluster
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	$(SWIFT) test $(BUILD_FLAGS) --skip-build

# All tests under the address and the thread sanitizer, the emitted C under the one for undefined
# behaviour too: it ends in a trap. Takes some two hours; a part of it: make test-sanitized
# FILTER=ExecutorTests. Leaks are not looked for: Swift's runtime keeps what it has made.
test-sanitized: swift-toolchain rumur cvc5 image-tools schema-tools browser boot-tools z3 cluster
	for sanitizer in thread address; do \
	  ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Support/thread-sanitizer.supp \
	  SWAPCHECK_CFLAGS="-fsanitize=undefined -fsanitize-trap=all" \
	  $(SWIFT) test -c release --sanitize=$$sanitizer --build-path .build-$$sanitizer \
	    $(if $(FILTER),--filter '$(FILTER)') || exit 1; \
	done

# What of the wrong changes of all models is noticed, and whether that is as much as swapcheck.yml says
mutation-scores: build
	.build/release/swapcheck mutate

# The patches of the variants, made anew after their models have changed
refresh-variants: build
	sh Models/refresh-variants.sh .build/release/swapcheck Models

# The pictures in docs/pictures, made anew after runs, or what draws them, have changed
pictures: build browser
	sh docs/pictures/make.sh .build/release/swapcheck

# Random models against Rumur: make fuzz N=1000 SEED=42
fuzz: swift-toolchain rumur build
	SWAPCHECK_FUZZ_COUNT=$(or $(N),1000) SWAPCHECK_FUZZ_SEED=$(or $(SEED),1) \
	  $(SWIFT) test $(BUILD_FLAGS) --filter Differential

# Debian's kernels for three architectures, some 180 MB, which are kept in SWAPCHECK_IMAGE_CACHE
test-images: swift-toolchain image-tools
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	$(SWIFT) test $(BUILD_FLAGS) --skip-build --filter DebianKernelTests

# Machines that load a second kernel and start it, under QEMU's software emulation, in an hour or two,
# beside what `fit` says of them (docs/boots.md). What is in BOOT_OUTCOMES is not booted again; some of
# the questions: make boot-check QUESTIONS='6.12 crash'
BOOT_OUTCOMES ?= $(CURDIR)/Tests/Boot/Outcomes

boot-check: swift-toolchain z3 boot-tools arm-boot-tools
	python3 Tests/Boot/boot_check.py --outcomes "$(BOOT_OUTCOMES)" $(if $(QUESTIONS),--only '$(QUESTIONS)')
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	SWAPCHECK_BOOT_OUTCOMES="$(BOOT_OUTCOMES)" \
	  $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter BootOutcomeTests

# What kernels record of CPUs that come and go, for Models/cpuhp.m to be held against: what is not kept
# is recorded under QEMU's software emulation, half an hour for all. Some of the logs anew: make
# kernel-logs LOGS='^6.12.*kexec'
kernel-logs: boot-tools
	python3 Tests/Boot/kernel_logs.py $(if $(LOGS),--again --only '$(LOGS)')
	python3 Tests/Boot/log_table.py --check

# A kernel that can hand over, built once and kept beside the kernels of the boots; and the logs that it
# writes when it hands over to itself under QEMU (docs/handover-kernel.md). Those that are kept are not
# recorded again; some of them: make handover-logs HANDOVERS='luo two'
HANDOVER_CACHE ?= $(or $(SWAPCHECK_BOOT_CACHE),$(or $(TMPDIR),/tmp)/swapcheck-boot)/handover-sid

kernel-kho: kernel-tools
	sh Tests/Handover/build-kernel.sh "$(HANDOVER_CACHE)"

handover-logs: kernel-kho boot-tools
	SWAPCHECK_HANDOVER_CACHE="$(HANDOVER_CACHE)" python3 Tests/Handover/handover_logs.py \
	  $(if $(HANDOVERS),--only '$(HANDOVERS)')

# Rumur's own models, from Debian's source package, which is kept in RUMUR_CACHE; or those of another
# version: make test-rumur-suite RUMUR_TESTS=…/rumur/tests
RUMUR_CACHE ?= $(or $(TMPDIR),/tmp)/swapcheck-rumur

test-rumur-suite: swift-toolchain rumur
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	tests="$(RUMUR_TESTS)"; \
	  [ -n "$$tests" ] || tests=$$(sh Tests/Checker/CorpusTests/fetch-rumur-tests.sh "$(RUMUR_CACHE)") && \
	  SWAPCHECK_RUMUR_SUITE="$$tests" $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter RumurSuiteTests

# Mermaid itself on the diagrams of runs, from a package of Python's, some 40 MB, which is kept in MERMAID_CACHE
MERMAID_CACHE ?= $(or $(TMPDIR),/tmp)/swapcheck-mermaid

test-mermaid: swift-toolchain browser
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	files=$$(sh Tests/Commands/RunFormatsTests/fetch-mermaid.sh "$(MERMAID_CACHE)") && \
	  SWAPCHECK_MERMAID="$$files" $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter MermaidItselfTests

# All models by several ranks, with Open MPI and MPICH, in an hour.
test-cluster: swift-toolchain build cluster
	@command -v mpicc.mpich >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq mpich libmpich-dev; }
	$(MAKE) cluster MPICC=mpicc.mpich CLUSTER=.build/cluster/mpich/libswapcheck-cluster.so
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	SWAPCHECK_CLUSTER_ALL=1 $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter 'Cluster.*Tests'
	SWAPCHECK_MPIRUN=mpirun.mpich \
	  SWAPCHECK_CLUSTER="$(CURDIR)/.build/cluster/mpich/libswapcheck-cluster.so" \
	  $(SWIFT) test $(BUILD_FLAGS) --skip-build --filter ClusterCommandTests

# Beside Rumur, SPIN and an explorer by hand, in about half an hour on an idle machine: make bench
# RUNS=5 BOUND=600, the seconds that a peer may take. A short run that writes nothing: python3
# Benchmarks/bench.py --quick, and of our own searches alone, as tests do it: --quick --pairs
bench: rumur spin static cluster
	SWAPCHECK=$(CURDIR)/$(STATIC) python3 Benchmarks/bench.py --runs $(or $(RUNS),3) \
	  --bound $(or $(BOUND),240)
	SWAPCHECK=$(CURDIR)/$(STATIC) python3 Benchmarks/symbolic.py >> Benchmarks/results.md
	SWAPCHECK=$(CURDIR)/$(STATIC) python3 Benchmarks/cluster.py >> Benchmarks/results.md
	SWAPCHECK=$(CURDIR)/$(STATIC) python3 Benchmarks/proofs.py >> Benchmarks/results.md

# Swift as .swift-format says; models have `swapcheck format`, which a test runs.
format:
	$(SWIFT) format --in-place $$(git ls-files '*.swift')

format-check:
	@for file in $$(git ls-files '*.swift'); do \
	  $(SWIFT) format "$$file" | cmp -s - "$$file" || { \
	    echo "error: $$file is not as .swift-format says; see make format"; exit 1; }; \
	done

swift-toolchain:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "error: Swift 6.1 or later is needed; see https://www.swift.org/install"; exit 1; }
	@$(SWIFT) --version 2>/dev/null | grep -Eq 'Swift version (6\.[1-9]|6\.[1-9][0-9]|[7-9]|[1-9][0-9])' || { \
	  echo "error: Swift 6.1 or later is needed, and this is:"; $(SWIFT) --version; exit 1; }

# Z3's header is needed to build, its library when a model or a layout has unknowns. Elsewhere than
# in Debian: make Z3_HEADER=/opt/z3/include/z3.h CPATH=/opt/z3/include
Z3_HEADER ?= /usr/include/z3.h

z3:
	@[ -e $(Z3_HEADER) ] || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq libz3-dev; } || { \
	  echo "error: Z3 is needed; install it with: apt-get install libz3-dev"; exit 1; }

# Makes code for the beginning of a search; without it the toolchain's compiler does, in ten times the
# time. Nobody is asked for a password for that.
tcc:
	@command -v tcc >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run="sudo -n"; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq tcc; } || \
	  echo "note: without tcc (apt-get install tcc) short searches take longer"

cvc5:
	@command -v cvc5 >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq cvc5; }

rumur:
	@command -v rumur >/dev/null && command -v cc >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq rumur gcc libc6-dev; }

image-tools:
	@( for tool in file readelf xz zstd lz4 bzip2 lzop; do \
	  command -v $$tool >/dev/null || exit 1; done ) || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && \
	  $$run apt-get install -y -qq file binutils xz-utils zstd lz4 bzip2 lzop; }

# Judges what the schemas in docs/schemas say of documents.
schema-tools:
	@python3 -c 'import jsonschema' 2>/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq python3-jsonschema; }

# Opens the pages of runs and of `swapcheck explore`, and clicks.
browser:
	@command -v chromium >/dev/null && command -v python3 >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq chromium python3; }

# Starts ranks, which the tests of --cluster do; MPI of another site is left as it is.
mpi:
	@command -v $(MPICC) >/dev/null && command -v mpirun >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq libopenmpi-dev openmpi-bin procps; }

# Boots machines: software emulation, so that nothing is asked of this one.
boot-tools:
	@command -v qemu-system-x86_64 >/dev/null && command -v python3 >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && \
	  $$run apt-get install -y -qq --no-install-recommends qemu-system-x86 python3; }

arm-boot-tools:
	@command -v qemu-system-aarch64 >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && \
	  $$run apt-get install -y -qq --no-install-recommends qemu-system-arm; }

# Compiles a kernel.
kernel-tools:
	@( for tool in gcc make flex bison bc xz python3; do command -v $$tool >/dev/null || exit 1; done; \
	  test -e /usr/include/libelf.h && test -e /usr/include/openssl/opensslv.h ) || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends \
	    gcc libc6-dev make flex bison bc libelf-dev libssl-dev xz-utils python3; }

spin:
	@command -v spin >/dev/null && command -v python3 >/dev/null || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq spin python3; }

clean:
	$(SWIFT) package clean
