/* The twin of Models/classics/german.m without symmetry and with two values: the same variables,
 * the same steps, the same states. One process takes every step, so that no program counter adds to
 * the state. Invariants and liveness are left out. The model has two start states, and here they
 * are chosen from: that is one state and two transitions more, beside the one transition that SPIN
 * counts for the first state. */
#ifndef CLIENTS
#define CLIENTS 4
#endif

/* Two of the same, because a macro does not expand within itself. */
#if CLIENTS == 2
#define LIST_OF(X, AND) X(0) AND X(1)
#define CLIENT_LIST(X, AND) X(0) AND X(1)
#elif CLIENTS == 3
#define LIST_OF(X, AND) X(0) AND X(1) AND X(2)
#define CLIENT_LIST(X, AND) X(0) AND X(1) AND X(2)
#elif CLIENTS == 4
#define LIST_OF(X, AND) X(0) AND X(1) AND X(2) AND X(3)
#define CLIENT_LIST(X, AND) X(0) AND X(1) AND X(2) AND X(3)
#else
#error "CLIENTS is 2 to 4"
#endif

#define NO_WORD

#define NOBODY CLIENTS   /* an undefined client */
#define NO_VALUE 2       /* an undefined value */

/* copy */
#define INVALID 0
#define SHARED 1
#define EXCLUSIVE 2

/* request, serving */
#define NO_REQUEST 0
#define ASK_SHARED 1
#define ASK_EXCLUSIVE 2

/* reply */
#define NO_REPLY 0
#define REVOKE 1
#define GRANT_SHARED 2
#define GRANT_EXCLUSIVE 3

byte copy[CLIENTS];
byte cached[CLIENTS] = NO_VALUE;
byte request[CLIENTS];
byte reply[CLIENTS];
byte reply_value[CLIENTS] = NO_VALUE;
bit revoked[CLIENTS];
byte written[CLIENTS] = NO_VALUE;
bit memory;
byte serving;
byte client = NOBODY;
bit holders[CLIENTS];
bit to_revoke[CLIENTS];
bit exclusive;
bit latest;

#define NOT_TO_REVOKE(d) to_revoke[d] = 0;
#define TO_REVOKE(d) to_revoke[d] = holders[d];
#define HOLDS_NOT(d) !holders[d]
#define DONE serving = NO_REQUEST; client = NOBODY; CLIENT_LIST(NOT_TO_REVOKE, NO_WORD)

#define STEPS(c) \
  :: d_step { copy[c] == EXCLUSIVE -> cached[c] = 0; latest = 0 } \
  :: d_step { copy[c] == EXCLUSIVE -> cached[c] = 1; latest = 1 } \
  :: d_step { request[c] == NO_REQUEST && copy[c] == INVALID -> request[c] = ASK_SHARED } \
  :: d_step { request[c] == NO_REQUEST && copy[c] != EXCLUSIVE -> request[c] = ASK_EXCLUSIVE } \
  :: d_step { reply[c] == REVOKE && !revoked[c] -> \
    reply[c] = NO_REPLY; \
    revoked[c] = 1; \
    if \
    :: copy[c] == EXCLUSIVE -> written[c] = cached[c] \
    :: else \
    fi; \
    copy[c] = INVALID; \
    cached[c] = NO_VALUE } \
  :: d_step { reply[c] == GRANT_SHARED -> \
    copy[c] = SHARED; cached[c] = reply_value[c]; reply[c] = NO_REPLY; \
    reply_value[c] = NO_VALUE } \
  :: d_step { reply[c] == GRANT_EXCLUSIVE -> \
    copy[c] = EXCLUSIVE; cached[c] = reply_value[c]; reply[c] = NO_REPLY; \
    reply_value[c] = NO_VALUE } \
  :: d_step { serving == NO_REQUEST && request[c] != NO_REQUEST -> \
    serving = request[c]; client = c; request[c] = NO_REQUEST; CLIENT_LIST(TO_REVOKE, NO_WORD) } \
  :: d_step { to_revoke[c] && reply[c] == NO_REPLY \
      && (serving == ASK_EXCLUSIVE || (serving == ASK_SHARED && exclusive)) -> \
    reply[c] = REVOKE; to_revoke[c] = 0 } \
  :: d_step { revoked[c] -> \
    revoked[c] = 0; \
    holders[c] = 0; \
    if \
    :: exclusive -> exclusive = 0; memory = written[c]; written[c] = NO_VALUE \
    :: else \
    fi } \
  :: d_step { serving == ASK_SHARED && client == c && !exclusive && reply[c] == NO_REPLY -> \
    reply[c] = GRANT_SHARED; reply_value[c] = memory; holders[c] = 1; DONE } \
  :: d_step { serving == ASK_EXCLUSIVE && client == c && !exclusive \
      && CLIENT_LIST(HOLDS_NOT, &&) && reply[c] == NO_REPLY -> \
    reply[c] = GRANT_EXCLUSIVE; reply_value[c] = memory; holders[c] = 1; exclusive = 1; DONE }

active proctype machine() {
  if
  :: d_step { memory = 0; latest = 0 }
  :: d_step { memory = 1; latest = 1 }
  fi;
  do
  LIST_OF(STEPS, NO_WORD)
  od
}
