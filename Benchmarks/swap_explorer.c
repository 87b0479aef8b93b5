// What the machine can do: the rules of Benchmarks/swap.m, written by hand into a search that does
// nothing else. No invariants, no traces, no choice of model, and a table whose size is given. It
// is the yardstick that swapcheck is held to, so it is as fast as the author could make it.
//
// A state is one word. From the lowest bit: old (3 bits), new (3), to_old (2), to_new (2), then a
// lane of 2 bits a CPU in each of exec, view[OLD] and view[NEW], then one of 3 bits a process. The
// numbers are those of the enumerations in swap.m, so that every step of a process is an addition.
//
// The search is breadth-first. The states in the order in which they were found are both the queue
// and the result; beside them there is a table by open addressing. Successors are made for a batch
// of states, and their slots are on the way from memory while the rest of the batch is made.
//
// cc -O3 -march=native -DCPUS=4 -DPROCS=8 -DTABLE_BITS=22 swap_explorer.c

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#ifndef CPUS
#define CPUS 4
#endif
#ifndef PROCS
#define PROCS 8
#endif
#ifndef TABLE_BITS
#define TABLE_BITS 22  // at least 1.2 times as many slots as states
#endif

#define HEADER_BITS 10
#define EXEC_AT HEADER_BITS
#define OLD_VIEW_AT (EXEC_AT + 2 * CPUS)
#define NEW_VIEW_AT (OLD_VIEW_AT + 2 * CPUS)
#define PLACE_AT (NEW_VIEW_AT + 2 * CPUS)
_Static_assert(PLACE_AT + 3 * PROCS <= 64, "a state is one word");

enum old { SERVING, HALTING, STARTED, ASSESSING, WILLING, MOVING, EXITING, ABORTING };
enum new { ABSENT, BOOTING, ASSESSING_SELF, OFFERING, RELIEVING, IN_CHARGE };
enum to_old { NOTHING, READY_TO_RELIEVE, NOT_READY, I_RELIEVE_YOU };
enum to_new { SILENCE, READY_TO_BE_RELIEVED, I_STAND_RELIEVED, SHUT_DOWN };
enum exec { RUNS_OLD, PARKED, WAITS, RUNS_NEW };
enum view { FOREIGN, MINE, HALTED, DUE };
enum place { ON_OLD, STOPPED, IN_FLIGHT, LANDED, ON_NEW };

typedef uint64_t state_t;

#define MOST_SUCCESSORS (2 * PROCS + 2 * CPUS + 4)
#define BATCH 32  // states
#define EMPTY 0   // no state: in every reachable one a view is not FOREIGN
#define CAPACITY ((uint64_t)1 << TABLE_BITS)

// The lowest bit of every lane.
static const state_t cpu_lanes = (((state_t)1 << 2 * CPUS) - 1) / 3;
static const state_t place_lanes = (((state_t)1 << (3 * PROCS - 1) << 1) - 1) / 7 << PLACE_AT;

// Of lanes that begin at bit `at`, those whose value is `value`, as their lowest bits from bit 0.
static inline state_t cpus_with(state_t lanes, unsigned value) {
  state_t low = value & 1 ? lanes : ~lanes;
  state_t high = value & 2 ? lanes : ~lanes;
  return low & high >> 1 & cpu_lanes;
}

#define FOR_EACH(bit, set) \
  for (state_t rest_ = (set), bit; bit = rest_ & -rest_, rest_; rest_ &= rest_ - 1)

static state_t initial(void) {
  return cpu_lanes * MINE << OLD_VIEW_AT;
}

// All that the old kernel, the new one and the CPUs do outside the moving of processes: few states.
static state_t *other_steps(state_t s, state_t *next) {
  const unsigned old = s & 7, new = s >> 3 & 7, to_old = s >> 6 & 3, to_new = s >> 8 & 3;
  const state_t exec = s >> EXEC_AT, view_old = s >> OLD_VIEW_AT, view_new = s >> NEW_VIEW_AT;
  const state_t old_1 = 1, new_1 = 1 << 3, to_old_1 = 1 << 6, to_new_1 = 1 << 8;
#define AT(bit, where) ((bit) << (where))
  switch (old) {
    case SERVING:
      FOR_EACH(c, cpus_with(view_old, MINE))
        *next++ = s + (HALTED - MINE) * AT(c, OLD_VIEW_AT) + (PARKED - RUNS_OLD) * AT(c, EXEC_AT)
          + (HALTING - SERVING) * old_1;
      break;
    case HALTING: {
      const state_t halted = cpus_with(view_old, HALTED);
      FOR_EACH(c, halted & cpus_with(exec, PARKED))
        *next++ = s + (WAITS - PARKED) * AT(c, EXEC_AT);
      FOR_EACH(c, halted & cpus_with(exec, WAITS))
        *next++ = s + (DUE - HALTED) * AT(c, OLD_VIEW_AT) + (RUNS_NEW - WAITS) * AT(c, EXEC_AT)
          + (BOOTING - new) * new_1 + (STARTED - HALTING) * old_1;
      break;
    }
    case STARTED:
      if (to_old == READY_TO_RELIEVE)
        *next++ = s - READY_TO_RELIEVE * to_old_1 + (ASSESSING - STARTED) * old_1;
      if (to_old == NOT_READY && to_new == SILENCE)
        *next++ = s - NOT_READY * to_old_1 + SHUT_DOWN * to_new_1 + (ABORTING - STARTED) * old_1;
      break;
    case ASSESSING:
      if (to_new == SILENCE) {
        *next++ = s + READY_TO_BE_RELIEVED * to_new_1 + (WILLING - ASSESSING) * old_1;
        *next++ = s + SHUT_DOWN * to_new_1 + (ABORTING - ASSESSING) * old_1;
      }
      break;
    case WILLING:
      if (to_old == I_RELIEVE_YOU)
        *next++ = (s - I_RELIEVE_YOU * to_old_1 + (MOVING - WILLING) * old_1)
          & ~AT(DUE * cpus_with(view_old, DUE), OLD_VIEW_AT);
      break;
    case MOVING:
      if (to_new == SILENCE && (s ^ place_lanes * ON_NEW) >> PLACE_AT == 0)
        *next++ = s + I_STAND_RELIEVED * to_new_1 + (EXITING - MOVING) * old_1;
      break;
    case EXITING:
      FOR_EACH(c, cpus_with(view_old, MINE))
        *next++ = (s - MINE * AT(c, OLD_VIEW_AT)) & ~AT(3 * c, EXEC_AT) | PARKED * AT(c, EXEC_AT);
      if (new == IN_CHARGE && cpus_with(view_new, MINE) == cpu_lanes) *next++ = initial();
      break;
    case ABORTING: {
      FOR_EACH(c, cpus_with(view_old, DUE) & cpus_with(exec, PARKED))
        *next++ = s + (WAITS - PARKED) * AT(c, EXEC_AT) - (DUE - HALTED) * AT(c, OLD_VIEW_AT);
      FOR_EACH(c, cpus_with(view_old, HALTED) & cpus_with(exec, WAITS))
        *next++ = s - (WAITS - RUNS_OLD) * AT(c, EXEC_AT) - (HALTED - MINE) * AT(c, OLD_VIEW_AT)
          - (ABORTING - SERVING) * old_1;
      break;
    }
  }
  switch (new) {
    case BOOTING:
      FOR_EACH(c, cpus_with(exec, RUNS_NEW)) {
        const state_t seen = s & ~AT(3 * c, NEW_VIEW_AT) | MINE * AT(c, NEW_VIEW_AT);
        *next++ = seen + (ASSESSING_SELF - BOOTING) * new_1;
      }
      break;
    case ASSESSING_SELF:
      if (to_old == NOTHING) {
        *next++ = s + READY_TO_RELIEVE * to_old_1 + (OFFERING - ASSESSING_SELF) * new_1;
        *next++ = s + NOT_READY * to_old_1 + (OFFERING - ASSESSING_SELF) * new_1;
      }
      break;
    case OFFERING:
      if (to_new == READY_TO_BE_RELIEVED && to_old == NOTHING)
        *next++ = s - READY_TO_BE_RELIEVED * to_new_1 + I_RELIEVE_YOU * to_old_1
          + AT(DUE * cpus_with(view_new, FOREIGN), NEW_VIEW_AT) + (RELIEVING - OFFERING) * new_1;
      if (to_new == SHUT_DOWN)
        FOR_EACH(c, cpus_with(view_new, MINE)) {
          const state_t parked = s & ~AT(3 * c, EXEC_AT) | PARKED * AT(c, EXEC_AT);
          *next++ = parked - SHUT_DOWN * to_new_1 - MINE * AT(c, NEW_VIEW_AT)
            - (OFFERING - ABSENT) * new_1;
        }
      break;
    case RELIEVING:
      if (to_new == I_STAND_RELIEVED)
        *next++ = s - I_STAND_RELIEVED * to_new_1 + (IN_CHARGE - RELIEVING) * new_1;
      break;
    case IN_CHARGE:
      FOR_EACH(c, cpus_with(view_new, DUE) & cpus_with(exec, PARKED))
        *next++ = s + (WAITS - PARKED) * AT(c, EXEC_AT) - (DUE - HALTED) * AT(c, NEW_VIEW_AT);
      FOR_EACH(c, cpus_with(view_new, HALTED) & cpus_with(exec, WAITS))
        *next++ = s + (RUNS_NEW - WAITS) * AT(c, EXEC_AT) - (HALTED - MINE) * AT(c, NEW_VIEW_AT);
      break;
  }
  return next;
}

// All successors of `s`, from `next` on; returns their end.
static inline state_t *successors(state_t s, state_t *next) {
  const int moving = (s & 7) == MOVING;
  const state_t b0 = s & place_lanes, b1 = s >> 1 & place_lanes, b2 = s >> 2 & place_lanes;
  if (moving) {
    FOR_EACH(p, place_lanes & ~(b0 | b1 | b2)) *next++ = s + p;        // stop
    FOR_EACH(p, b0 & ~b1) { next[0] = s - p; next[1] = s + p; next += 2; }  // resume, send
    FOR_EACH(p, b0 & b1) *next++ = s + p;                              // drop
  }
  if ((s >> 3 & 7) == RELIEVING) {
    FOR_EACH(p, b1 & ~b0) { next[0] = s - p; next[1] = s + p; next += 2; }  // refuse, take
    if (moving && b2 != place_lanes) return next;
  }
  return other_steps(s, next);
}

static inline uint64_t slot_of(state_t s) {
  s ^= s >> 32;
  return s * UINT64_C(0x9e3779b97f4a7c15) >> (64 - TABLE_BITS);
}

static void *pages(uint64_t byte_count) {
  void *memory = mmap(
    NULL, byte_count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    perror("mmap");
    exit(1);
  }
  madvise(memory, byte_count, MADV_HUGEPAGE);
  return memory;
}

int main(void) {
  state_t *table = pages(CAPACITY * sizeof(state_t));
  state_t *found = pages(CAPACITY * sizeof(state_t));
  static state_t next[BATCH * MOST_SUCCESSORS];
  uint64_t fired = 0, expanded = 0, count = 0, depth = 0, level_end = 1;

  found[count++] = initial();
  table[slot_of(initial())] = initial();
  while (expanded < count) {
    if (expanded == level_end) {
      level_end = count;
      depth++;
    }
    const uint64_t batch_end =
      expanded + BATCH < level_end ? expanded + BATCH : level_end;
    state_t *end = next;
    for (; expanded < batch_end; expanded++) {
      state_t *from = end;
      end = successors(found[expanded], end);
      for (; from < end; from++) __builtin_prefetch(&table[slot_of(*from)], 1);
    }
    fired += end - next;
    for (const state_t *s = next; s < end; s++) {
      uint64_t slot = slot_of(*s);
      while (table[slot] != *s) {
        if (table[slot] == EMPTY) {
          table[slot] = *s;
          found[count++] = *s;
          break;
        }
        slot = slot + 1 & CAPACITY - 1;
      }
    }
    if (count > CAPACITY / 8 * 7) {
      fprintf(stderr, "TABLE_BITS=%d is too small\n", TABLE_BITS);
      return 1;
    }
  }
  printf("%llu states, %llu rules fired, depth %llu\n", (unsigned long long)count,
    (unsigned long long)fired, (unsigned long long)depth);
  return 0;
}
