/* What emitted files have behind `runtime.c` where the model has symbolic constants.

   An address is the number of a term. What operations on terms give, and what comparisons of them are
   under a path condition, has been asked for before in nearly all cases: it lies in a table of facts,
   each in the one place that it can have. What is not there is asked for by a function. */
#ifndef INLINE
#include "runtime.c" /* for tools that read this file alone */
#endif

typedef native_fact fact;

INLINE fact *place_of(context *c, i64 kind, i64 left, i64 right) {
  u64 hash = (u64)left * 0x9E3779B97F4A7C15ULL + (u64)right * 0xC2B2AE3D27D4EB4FULL
    + (u64)kind * 0xD6E8FEB86659FD93ULL;
  return c->facts + (hash >> (64 - FACT_BITS));
}
static __attribute__((noinline, cold)) i64 find_out(context *c, i64 kind, i64 left, i64 right) {
  i64 result = c->find_out(c, kind, left, right);
  if (result == UNDEFINED) bail(c);
  *place_of(c, kind, left, right) = (fact){kind, left, right, result};
  return result;
}
INLINE i64 look_up(context *c, i64 kind, i64 left, i64 right) {
  const fact *known = place_of(c, kind, left, right);
  if (__builtin_expect(known->kind == kind && known->left == left && known->right == right, 1))
    return known->result;
  return find_out(c, kind, left, right);
}
/* A run goes on as if the comparison held, and another one is left for the case that it does not. */
static __attribute__((noinline, unused)) i64 part(context *c, i64 outcome) {
  u64 both = (u64)(-1 - outcome);
  if (c->pending_count == MAX_OUTCOMES) bail(c);
  c->pending[c->pending_count++] = (i64)(both & 0x7FFFFFFF);
  c->path = (i64)(both >> 31);
  return 1;
}
INLINE i64 compare(context *c, i64 comparison, i64 left, i64 right) {
  i64 outcome = look_up(c, c->path * KINDS + comparison, left, right);
  return __builtin_expect(outcome >= 0, 1) ? outcome : part(c, outcome);
}
typedef native_recalled recalled;
INLINE recalled *recalled_at(context *c, u64 hash) {
  return c->recalled + (hash >> (64 - RECALLED_BITS));
}
INLINE i64 divisor(context *c, i64 value) {
  if (value == 0) bail(c);
  return value;
}
INLINE i64 path_of(const state *s) { return (i64)code(s, PATH_SLOT, PATH_MASK) - PATH_FIRST; }

/* A run of what depends on symbolic constants, and all that it leaves. */
INLINE void begin_runs(context *c) { c->path = c->state_path; c->pending_count = 0; }
INLINE i64 next_run(context *c) {
  if (c->pending_count == 0) { c->path = c->state_path; return 0; }
  c->path = c->pending[--c->pending_count];
  return 1;
}

static __attribute__((noinline, unused)) void note_outcome(context *c, i64 has_changed) {
  if (c->enabled_count == 0 || c->enabled[c->enabled_count - 1] != c->path) {
    if (c->enabled_count == MAX_OUTCOMES) bail(c);
    c->enabled[c->enabled_count++] = c->path;
  }
  if (!has_changed) return;
  if (c->progress_count == 0 || c->progress[c->progress_count - 1] != c->path)
    c->progress[c->progress_count++] = c->path;
}
/* Notes that a step leads on; whether it changes the state. */
INLINE i64 note_step(context *c, const state *s, const state *p) {
  u64 differs = 0;
  for (int k = 0; k < WORDS; k++) differs |= s->w[k] ^ p->w[k];
  i64 has_changed = differs != 0;
  if (__builtin_expect(c->path == c->state_path, 1)) {
    c->is_enabled = 1;
    c->has_changed |= has_changed;
  } else note_outcome(c, has_changed);
  return has_changed;
}
static __attribute__((noinline, unused)) i64 ask_whether_covered(
  context *c, const i64 *outcomes, i64 count
) {
  i64 answer = c->is_covered(c, outcomes, count);
  if (answer == UNDEFINED) bail(c);
  return answer;
}
INLINE i64 covers(context *c, i64 by_itself, const i64 *outcomes, i64 count) {
  return by_itself ? 1 : count == 0 ? 0 : ask_whether_covered(c, outcomes, count);
}
/* A step that leaves the state as it is teaches nothing about the symbolic constants. */
INLINE void produce_under(
  context *c, const state *s, i64 has_changed, i64 instance
) {
  i64 path = has_changed ? c->path : c->state_path;
  if (__builtin_expect(path >= c->path_limit, 0)) bail(c);
  if (__builtin_expect(c->produced == c->room, 0)) bail_full(c);
  state *out = (state *)(c->successors + c->produced * WORDS);
  *out = *s;
  set_code(out, PATH_SLOT, PATH_MASK, (u64)(path + PATH_FIRST));
  if (ALIKE) c->multiplicities[c->produced] = c->multiplicity;
  c->instances[c->produced++] = instance;
}
