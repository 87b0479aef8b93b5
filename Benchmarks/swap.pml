/* The twin of Benchmarks/swap.m: the same variables, the same steps, the same states. One process
 * takes every step, so that no program counter adds to the state, and nothing loops at run
 * time: CPUs and processes are written out. The invariant is left out. SPIN counts one transition
 * more: the first state. */
#ifndef CPUS
#define CPUS 4
#endif
#ifndef PROCS
#define PROCS 8
#endif

/* Every X(i), with what stands between two of them. */
#if CPUS == 2
#define CPU_LIST(X, AND) X(0) AND X(1)
#elif CPUS == 3
#define CPU_LIST(X, AND) X(0) AND X(1) AND X(2)
#elif CPUS == 4
#define CPU_LIST(X, AND) X(0) AND X(1) AND X(2) AND X(3)
#elif CPUS == 5
#define CPU_LIST(X, AND) X(0) AND X(1) AND X(2) AND X(3) AND X(4)
#else
#error "CPUS is 2 to 5"
#endif

#define SIX(X, AND) X(0) AND X(1) AND X(2) AND X(3) AND X(4) AND X(5)
#if PROCS == 6
#define PROC_LIST(X, AND) SIX(X, AND)
#elif PROCS == 7
#define PROC_LIST(X, AND) SIX(X, AND) AND X(6)
#elif PROCS == 8
#define PROC_LIST(X, AND) SIX(X, AND) AND X(6) AND X(7)
#elif PROCS == 9
#define PROC_LIST(X, AND) SIX(X, AND) AND X(6) AND X(7) AND X(8)
#elif PROCS == 10
#define PROC_LIST(X, AND) SIX(X, AND) AND X(6) AND X(7) AND X(8) AND X(9)
#else
#error "PROCS is 6 to 10"
#endif

#define NO_WORD

/* old */
#define SERVING 0
#define HALTING 1
#define STARTED 2
#define ASSESSING 3
#define WILLING 4
#define MOVING 5
#define EXITING 6
#define ABORTING 7

/* new */
#define ABSENT 0
#define BOOTING 1
#define ASSESSING_SELF 2
#define OFFERING 3
#define RELIEVING 4
#define IN_CHARGE 5

/* to_old */
#define NOTHING 0
#define READY_TO_RELIEVE 1
#define NOT_READY 2
#define I_RELIEVE_YOU 3

/* to_new */
#define SILENCE 0
#define READY_TO_BE_RELIEVED 1
#define I_STAND_RELIEVED 2
#define SHUT_DOWN 3

/* exec */
#define RUNS_OLD 0
#define PARKED 1
#define WAITS 2
#define RUNS_NEW 3

/* view_old, view_new */
#define FOREIGN 0
#define MINE 1
#define HALTED 2
#define DUE 3

/* place */
#define ON_OLD 0
#define STOPPED 1
#define IN_FLIGHT 2
#define LANDED 3
#define ON_NEW 4

byte old;
byte new;
byte to_old;
byte to_new;
byte exec[CPUS];
byte view_old[CPUS] = MINE;
byte view_new[CPUS];
byte place[PROCS];

#define COUNT_ON(c) if :: view_new[c] == FOREIGN -> view_new[c] = DUE :: else fi;
#define GIVE(c) if :: view_old[c] == DUE -> view_old[c] = FOREIGN :: else fi;
#define RESET_CPU(c) exec[c] = RUNS_OLD; view_old[c] = MINE; view_new[c] = FOREIGN;
#define RESET_PROC(p) place[p] = ON_OLD;
#define OWNED(c) view_new[c] == MINE
#define MOVED(p) place[p] == ON_NEW

#define CPU_STEPS(c) \
  :: d_step { old == SERVING && view_old[c] == MINE -> \
    view_old[c] = HALTED; exec[c] = PARKED; old = HALTING } \
  :: d_step { old == HALTING && view_old[c] == HALTED && exec[c] == PARKED -> exec[c] = WAITS } \
  :: d_step { old == HALTING && view_old[c] == HALTED && exec[c] == WAITS -> \
    view_old[c] = DUE; exec[c] = RUNS_NEW; new = BOOTING; old = STARTED } \
  :: d_step { new == BOOTING && exec[c] == RUNS_NEW -> \
    view_new[c] = MINE; new = ASSESSING_SELF } \
  :: d_step { new == OFFERING && to_new == SHUT_DOWN && view_new[c] == MINE -> \
    to_new = SILENCE; view_new[c] = FOREIGN; exec[c] = PARKED; new = ABSENT } \
  :: d_step { old == ABORTING && view_old[c] == DUE && exec[c] == PARKED -> \
    exec[c] = WAITS; view_old[c] = HALTED } \
  :: d_step { old == ABORTING && view_old[c] == HALTED && exec[c] == WAITS -> \
    exec[c] = RUNS_OLD; view_old[c] = MINE; old = SERVING } \
  :: d_step { old == EXITING && view_old[c] == MINE -> view_old[c] = FOREIGN; exec[c] = PARKED } \
  :: d_step { new == IN_CHARGE && view_new[c] == DUE && exec[c] == PARKED -> \
    exec[c] = WAITS; view_new[c] = HALTED } \
  :: d_step { new == IN_CHARGE && view_new[c] == HALTED && exec[c] == WAITS -> \
    exec[c] = RUNS_NEW; view_new[c] = MINE }

#define PROC_STEPS(p) \
  :: d_step { old == MOVING && place[p] == ON_OLD -> place[p] = STOPPED } \
  :: d_step { old == MOVING && place[p] == STOPPED -> place[p] = ON_OLD } \
  :: d_step { old == MOVING && place[p] == STOPPED -> place[p] = IN_FLIGHT } \
  :: d_step { new == RELIEVING && place[p] == IN_FLIGHT -> place[p] = LANDED } \
  :: d_step { new == RELIEVING && place[p] == IN_FLIGHT -> place[p] = STOPPED } \
  :: d_step { old == MOVING && place[p] == LANDED -> place[p] = ON_NEW }

active proctype machine() {
  do
  CPU_LIST(CPU_STEPS, NO_WORD)
  PROC_LIST(PROC_STEPS, NO_WORD)
  :: d_step { new == ASSESSING_SELF && to_old == NOTHING ->
    to_old = READY_TO_RELIEVE; new = OFFERING }
  :: d_step { new == ASSESSING_SELF && to_old == NOTHING -> to_old = NOT_READY; new = OFFERING }
  :: d_step { old == STARTED && to_old == READY_TO_RELIEVE -> to_old = NOTHING; old = ASSESSING }
  :: d_step { old == ASSESSING && to_new == SILENCE ->
    to_new = READY_TO_BE_RELIEVED; old = WILLING }
  :: d_step { new == OFFERING && to_new == READY_TO_BE_RELIEVED && to_old == NOTHING ->
    to_new = SILENCE; to_old = I_RELIEVE_YOU; CPU_LIST(COUNT_ON, NO_WORD) new = RELIEVING }
  :: d_step { old == WILLING && to_old == I_RELIEVE_YOU ->
    to_old = NOTHING; CPU_LIST(GIVE, NO_WORD) old = MOVING }
  :: d_step { old == STARTED && to_old == NOT_READY && to_new == SILENCE ->
    to_old = NOTHING; to_new = SHUT_DOWN; old = ABORTING }
  :: d_step { old == ASSESSING && to_new == SILENCE -> to_new = SHUT_DOWN; old = ABORTING }
  :: d_step { old == MOVING && to_new == SILENCE && PROC_LIST(MOVED, &&) ->
    to_new = I_STAND_RELIEVED; old = EXITING }
  :: d_step { new == RELIEVING && to_new == I_STAND_RELIEVED -> to_new = SILENCE; new = IN_CHARGE }
  :: d_step { old == EXITING && new == IN_CHARGE && CPU_LIST(OWNED, &&) ->
    old = SERVING; new = ABSENT; to_old = NOTHING; to_new = SILENCE;
    CPU_LIST(RESET_CPU, NO_WORD) PROC_LIST(RESET_PROC, NO_WORD) }
  od
}
