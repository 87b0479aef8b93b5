/* The twin of Models/classics/mcs.m without symmetry: the same variables, the same steps, the same
 * states. One process takes every step, so that no program counter adds to the state. Invariants
 * and liveness are left out. SPIN counts one transition more: the first state. */
#ifndef N
#define N 5
#endif

#define NOBODY N   /* undefined */

#define REST 0
#define ENQUEUE 1
#define LOCK_SELF 2
#define LINK 3
#define SPIN 4
#define CRITICAL 5
#define RELEASE 6
#define SWING 7
#define AWAIT_LINK 8
#define HAND_OVER 9

byte tail = NOBODY;
byte next[N] = NOBODY;
bit locked[N];
byte step[N];
byte before[N] = NOBODY;

#define PROCESS(p) \
  :: d_step { step[p] == REST -> next[p] = NOBODY; step[p] = ENQUEUE } \
  :: d_step { step[p] == ENQUEUE -> \
    if \
    :: tail == NOBODY -> step[p] = CRITICAL \
    :: else -> before[p] = tail; step[p] = LOCK_SELF \
    fi; \
    tail = p } \
  :: d_step { step[p] == LOCK_SELF -> locked[p] = 1; step[p] = LINK } \
  :: d_step { step[p] == LINK -> next[before[p]] = p; before[p] = NOBODY; step[p] = SPIN } \
  :: d_step { step[p] == SPIN && !locked[p] -> step[p] = CRITICAL } \
  :: d_step { step[p] == CRITICAL -> step[p] = RELEASE } \
  :: d_step { step[p] == RELEASE -> \
    if \
    :: next[p] == NOBODY -> step[p] = SWING \
    :: else -> step[p] = HAND_OVER \
    fi } \
  :: d_step { step[p] == SWING -> \
    if \
    :: tail == p -> tail = NOBODY; step[p] = REST \
    :: else -> step[p] = AWAIT_LINK \
    fi } \
  :: d_step { step[p] == AWAIT_LINK && next[p] != NOBODY -> step[p] = HAND_OVER } \
  :: d_step { step[p] == HAND_OVER -> \
    locked[next[p]] = 0; next[p] = NOBODY; step[p] = REST }

active proctype machine() {
  do
  PROCESS(0)
  PROCESS(1)
#if N > 2
  PROCESS(2)
#endif
#if N > 3
  PROCESS(3)
#endif
#if N > 4
  PROCESS(4)
#endif
#if N > 5
  PROCESS(5)
#endif
#if N > 6
#error "N is 2 to 6"
#endif
  od
}
