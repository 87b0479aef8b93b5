/* What compiled rules are called with. This is the one table of it: Swift imports the struct, and the
   C that is emitted for a model begins with this text. */
#ifndef NATIVE_CONTEXT_H
#define NATIVE_CONTEXT_H

typedef long long i64;
typedef unsigned long long u64;

/* Rounds and instances after which it is asked whether this is to end: some tenths of a millisecond. */
#define TICKS_BETWEEN_LOOKS (1 << 16)
/* Places of the table of facts, and of that of results, as powers of two. */
#define FACT_BITS 14
#define RECALLED_BITS 14
/* The values that a result may depend on, so that they fit into a cache line with it. */
#define RECALLED_KEYS 6
/* Path conditions that the runs of one state may come to. */
#define MAX_OUTCOMES (1 << 12)

/* What an operation on addresses gives: 0 as its kind is a place without a fact. */
typedef struct native_fact { i64 kind, left, right, result; } native_fact;
/* What a function has given: its number with the path condition, and what the result depends on. */
typedef struct native_recalled { i64 kind, key[RECALLED_KEYS], result; } native_recalled;

/* Asks `due_owner` whether whoever waits wants no more: not 0 if so. */
typedef long (*native_is_due)(void *owner);
/* Finds out what an operation on two operands gives; UNDEFINED gives the state back. */
typedef i64 (*native_find_out)(void *context, i64 kind, i64 left, i64 right);
/* Whether some path conditions cover the state's: 0, 1, or UNDEFINED, which gives the state back. */
typedef i64 (*native_is_covered)(void *context, const i64 *outcomes, long count);

/* Each field is eight bytes wide, so that field number n lies at 8 n for whoever reads this. */
#define NATIVE_CONTEXT_FIELDS(FIELD) \
  FIELD(const u64 *, states)              /* in: packed states */ \
  FIELD(long, count)                      /* in: how many */ \
  FIELD(long, room)                       /* in: successors that fit */ \
  FIELD(u64 *, successors)                /* out */ \
  FIELD(long *, instances)                /* out: for each successor, the rule instance */ \
  FIELD(long *, ends)                     /* out: for each state, the end of its successors */ \
  FIELD(unsigned char *, has_progress)    /* out: for each state, whether a successor differs */ \
  FIELD(long *, cover_hits)               /* in and out: covers within bodies */ \
  FIELD(long *, saved_cover_hits)         /* scratch */ \
  FIELD(long *, property_covers)          /* out: whether each is hit */ \
  FIELD(unsigned char *, live)            /* out: liveness properties */ \
  FIELD(i64 *, measures)                  /* out; the least where `greatest` has the greatest */ \
  FIELD(unsigned char *, antecedents)     /* in and out: whether each has been true */ \
  FIELD(long, position)                   /* in and out: the next state to expand */ \
  FIELD(long, produced)                   /* in and out: successors so far */ \
  FIELD(i64, rounds) \
  FIELD(i64, depth) \
  FIELD(i64, nesting) \
  FIELD(i64, top) \
  FIELD(const unsigned short *, alike)    /* in: for each state and element, how many are like it from it on */ \
  FIELD(long *, multiplicities)           /* out: for each successor, the instances that it stands for */ \
  FIELD(i64, multiplicity)                /* of the instance that is being tried */ \
  FIELD(unsigned char *, remarks)         /* in and out: whether each has been met */ \
  FIELD(i64, is_any_enabled)              /* of the instances tried so far, where rules have priorities */ \
  FIELD(i64, only_tries)                  /* whether a rule that goes before is enabled, so that none fires */ \
  FIELD(i64, is_full)                     /* out: given back because its successors do not fit */ \
  FIELD(i64, ticks)                       /* until it is asked whether this is to end */ \
  FIELD(native_is_due, is_due)            /* in; a null pointer asks nobody */ \
  FIELD(void *, due_owner)                /* in */ \
  FIELD(unsigned long, stack_floor)       /* in: the lowest address of the thread's stack */ \
  /* The following are for models with symbolic constants. */ \
  FIELD(native_fact *, facts)             /* in and out: each in one place; zeros at first */ \
  FIELD(native_recalled *, recalled)      /* in and out: as `facts`, the results of functions */ \
  FIELD(const i64 *, elements)            /* in: for each element of the symbolic constants, its term */ \
  FIELD(native_find_out, find_out)        /* in */ \
  FIELD(native_is_covered, is_covered)    /* in */ \
  FIELD(void *, owner)                    /* in: whose the two functions are */ \
  FIELD(i64 *, pending)                   /* path conditions that runs are left for */ \
  FIELD(i64, pending_count) \
  FIELD(i64, path)                        /* the path condition of the run so far */ \
  FIELD(i64, state_path)                  /* the path condition of the state */ \
  FIELD(i64 *, enabled)                   /* path conditions under which a step leads on, */ \
  FIELD(i64 *, progress)                  /* and to another state, where they are not the state's */ \
  FIELD(i64, enabled_count) \
  FIELD(i64, progress_count) \
  FIELD(i64, is_enabled)                  /* whether a step leads on under the state's path condition, */ \
  FIELD(i64, has_changed)                 /* and to another state */ \
  FIELD(unsigned char *, is_stuck)        /* out: for each state, whether there may be no step */ \
  FIELD(i64 *, greatest)                  /* out: of measures */ \
  FIELD(i64, path_limit)                  /* in: path conditions that a state can have */

#define NATIVE_DECLARATION(type, name) type name;
typedef struct native_context {
  NATIVE_CONTEXT_FIELDS(NATIVE_DECLARATION)
  u64 jump[64]; /* the C's own jump buffer */
} native_context;

#define NATIVE_NUMBER(type, name) NATIVE_NUMBER_OF_##name,
enum { NATIVE_CONTEXT_FIELDS(NATIVE_NUMBER) NATIVE_FIELD_COUNT };

/* Not every tcc knows C11 and what gcc has built in. */
#ifdef __TINYC__
#define NATIVE_ASSERT(condition, name) typedef char name[(condition) ? 1 : -1];
#define NATIVE_OFFSET(name) ((unsigned long)&((native_context *)0)->name)
#else
#define NATIVE_ASSERT(condition, name) _Static_assert(condition, #name);
#define NATIVE_OFFSET(name) __builtin_offsetof(native_context, name)
#endif
#define NATIVE_PLACE(type, name) \
  NATIVE_ASSERT(NATIVE_OFFSET(name) == 8 * NATIVE_NUMBER_OF_##name, native_place_of_##name)
NATIVE_CONTEXT_FIELDS(NATIVE_PLACE)
NATIVE_ASSERT(NATIVE_OFFSET(jump) == 8 * NATIVE_FIELD_COUNT, native_place_of_jump)

#endif
