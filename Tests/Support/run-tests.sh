#!/usr/bin/env bash
# Runs all tests that are built, in two processes at once: those that compute, and those that start programs
# and wait for them. A process has a thread for each processor, and a test that waits keeps its thread: in one
# process a third of the processors' time was nobody's.
#
#   Tests/Support/run-tests.sh SWIFT FLAG…
set -u
waiting='^(CommandTests|WalkServerTests|RunFormatsTests|BootOutcomeTests|RevisionsTests)[.]'

said=$(mktemp)
# In a group of its own a process in the background is not deaf to Ctrl-C, which tests send to what they start.
set -m
"$1" test "${@:2}" --skip-build --ignore-lock --filter "$waiting" < /dev/null > "$said" 2>&1 &
other=$!
trap 'rm -f "$said"' EXIT
trap 'kill -- -$other 2>/dev/null; exit 130' INT TERM HUP
set +m

code=0
"$1" test "${@:2}" --skip-build --ignore-lock --skip "$waiting" || code=$?
wait "$other" || code=$?
cat "$said"
exit "$code"
