/* The twin of Models/classics/peterson.m: the same variables, the same steps, the same states.
 * One process takes every step, so that no program counter adds to the state. Invariants and
 * liveness are left out. SPIN counts one transition more: the first state. */
#ifndef N
#define N 4
#endif

#define REST     0
#define ANNOUNCE 1
#define ARRIVE   2
#define LOOK     3
#define DEFER    4
#define CRITICAL 5

byte level[N];
byte last[N];    /* by rung, from 1; 0 is not used */
byte step[N];
byte rung[N] = 1;
byte cursor[N];

inline win(i) {
  cursor[i] = 0;
  if
  :: rung[i] < N - 1 -> rung[i] = rung[i] + 1; step[i] = ANNOUNCE
  :: else -> rung[i] = 1; step[i] = CRITICAL
  fi
}

inline look(i) {
  if
  :: cursor[i] != i && level[cursor[i]] >= rung[i] -> step[i] = DEFER
  :: else ->
    if
    :: cursor[i] < N - 1 -> cursor[i] = cursor[i] + 1
    :: else -> win(i)
    fi
  fi
}

inline defer(i) {
  if
  :: last[rung[i]] != i -> win(i)
  :: else -> cursor[i] = 0; step[i] = LOOK
  fi
}

#define PROCESS(i) \
  :: d_step { step[i] == REST -> step[i] = ANNOUNCE } \
  :: d_step { step[i] == ANNOUNCE -> level[i] = rung[i]; step[i] = ARRIVE } \
  :: d_step { step[i] == ARRIVE -> last[rung[i]] = i; step[i] = LOOK } \
  :: d_step { step[i] == LOOK -> look(i) } \
  :: d_step { step[i] == DEFER -> defer(i) } \
  :: d_step { step[i] == CRITICAL -> level[i] = 0; step[i] = REST }

active proctype machine() {
  do
  PROCESS(0)
#if N > 1
  PROCESS(1)
#endif
#if N > 2
  PROCESS(2)
#endif
#if N > 3
  PROCESS(3)
#endif
#if N > 4
  PROCESS(4)
#endif
  od
}
