/* What every emitted file has behind `native-context.h`, and behind the definitions and tables of its
   model: the few operations that are not C's.

   Whatever the model's meaning makes an error or a violation is `bail` here: the state is given back, and
   the reference interpreter says what is wrong. So nothing here knows a message, and to bail once too
   often costs time and no verdict. */
#ifndef WORDS
#include "sample-model.h" /* for tools that read this file alone */
#endif

#ifdef __TINYC__
#define __builtin_unreachable() (void)0
static int __builtin_add_overflow(i64 a, i64 b, i64 *r) {
  *r = (i64)((u64)a + (u64)b);
  return ((a ^ *r) & (b ^ *r)) < 0;
}
static int __builtin_sub_overflow(i64 a, i64 b, i64 *r) {
  *r = (i64)((u64)a - (u64)b);
  return ((a ^ b) & (a ^ *r)) < 0;
}
static int __builtin_mul_overflow(i64 a, i64 b, i64 *r) {
  *r = (i64)((u64)a * (u64)b);
  if (a == -1) return b == -9223372036854775807LL - 1;
  return a != 0 && *r / a != b;
}
static int __builtin_ctzll(u64 bits) {
  int count = 0;
  for (int half = 32; half; half /= 2)
    if (!(bits & ((1ULL << half) - 1))) { bits >>= half; count += half; }
  return count;
}
#endif

/* Where parameters are constants, so are slots: a fifth of the time of states of 425 bits. */
#ifdef FULL
#define UNROLL _Pragma("clang loop unroll(full)")
#define INLINE static inline __attribute__((always_inline, unused))
#define APART __attribute__((noinline))
#else
/* Compiling takes up to half as long without inlining. */
#define UNROLL
#define INLINE static __attribute__((unused))
#define APART
#endif
#define UNDEFINED (-9223372036854775807LL - 1)

extern int _setjmp(void *) __attribute__((returns_twice));
extern void longjmp(void *, int) __attribute__((noreturn));

typedef struct { u64 w[WORDS]; } state;

/* Where a var parameter or an alias points: into a frame, or at a slot of the state. */
typedef struct { i64 *frame; i64 slot; } ref;

typedef native_context context;
NATIVE_ASSERT(sizeof(context) == CONTEXT_BYTES, context_is_as_large_as_in_swift)

static __attribute__((noreturn, noinline, cold)) void bail(context *c) { longjmp(c->jump, 1); }

/* Whoever waits may want no more: then the state is given back, and the interpreter ends too. */
static __attribute__((noinline, cold, unused)) void look(context *c) {
  c->ticks = TICKS_BETWEEN_LOOKS;
  if (c->is_due && c->is_due(c->due_owner)) bail(c);
}
INLINE void spend(context *c, i64 ticks) {
  if (__builtin_expect((c->ticks -= ticks) < 0, 0)) look(c);
}
static __attribute__((noinline, cold, unused)) void bail_full(context *c) {
  c->is_full = 1;
  bail(c);
}
INLINE void produce(context *c, const state *s, const state *p, i64 instance) {
  if (OUTGROWS && c->produced == c->room) bail_full(c);
  u64 *out = c->successors + c->produced * WORDS;
  u64 differs = 0;
  for (int k = 0; k < WORDS; k++) { out[k] = s->w[k]; differs |= s->w[k] ^ p->w[k]; }
  if (ALIKE) c->multiplicities[c->produced] = c->multiplicity;
  c->instances[c->produced++] = instance;
  if (differs) c->has_progress[c->position] = 1;
}
INLINE i64 index_in(context *c, i64 value, i64 lower, i64 count) {
  u64 distance = (u64)value - (u64)lower;
  if (__builtin_expect(distance >= (u64)count, 0)) bail(c);
  return (i64)distance;
}
INLINE i64 within(context *c, i64 value, i64 lower, i64 upper) {
  if (__builtin_expect(value < lower || value > upper, 0)) bail(c);
  return value;
}
INLINE i64 within_or_undefined(context *c, i64 value, i64 lower, i64 upper) {
  if (__builtin_expect((value < lower || value > upper) && value != UNDEFINED, 0)) bail(c);
  return value;
}
INLINE i64 moved(i64 value, i64 distance) {
  return value == UNDEFINED ? value : value + distance;
}
INLINE i64 defined_value(context *c, i64 value) {
  if (__builtin_expect(value == UNDEFINED, 0)) bail(c);
  return value;
}
INLINE u64 code(const state *s, i64 slot, u64 mask) {
  return (s->w[WORD_OF(slot)] >> SHIFT[slot]) & mask;
}
/* Of lanes of some bits, the lowest bit of each that is not zero; other bits are to be masked. */
INLINE u64 differs_in(u64 lanes, int width) {
  u64 any = lanes;
  for (int k = 1; k < width; k++) any |= lanes >> k;
  return any;
}
INLINE void set_code(state *s, i64 slot, u64 mask, u64 value) {
  u64 *word = &s->w[WORD_OF(slot)];
  *word = (*word & ~(mask << SHIFT[slot])) | ((value & mask) << SHIFT[slot]);
}
INLINE i64 load(const state *s, i64 slot, u64 mask, i64 lower) {
  return (i64)(code(s, slot, mask) + (u64)lower);
}
INLINE i64 load_checked(context *c, const state *s, i64 slot, u64 mask, i64 lower) {
  u64 value = code(s, slot, mask);
  if (__builtin_expect(value == 0, 0)) bail(c);
  return (i64)(value - 1 + (u64)lower);
}
INLINE i64 load_or_undefined(const state *s, i64 slot, u64 mask, i64 lower) {
  u64 value = code(s, slot, mask);
  return value == 0 ? UNDEFINED : (i64)(value - 1 + (u64)lower);
}
INLINE i64 peek(const state *s, ref r, i64 offset) {
  i64 slot = r.slot + offset;
  if (r.frame) return r.frame[slot];
  u64 value = code(s, slot, MASK[slot]);
  if (!UNDEFINABLE[slot]) return (i64)(value + (u64)LOWER[slot]);
  return value == 0 ? UNDEFINED : (i64)(value - 1 + (u64)LOWER[slot]);
}
INLINE void poke(state *s, ref r, i64 offset, i64 value) {
  i64 slot = r.slot + offset;
  if (r.frame) { r.frame[slot] = value; return; }
  u64 packed = (u64)value - (u64)LOWER[slot];
  if (UNDEFINABLE[slot]) packed = value == UNDEFINED ? 0 : packed + 1;
  set_code(s, slot, MASK[slot], packed);
}
INLINE void fill(state *s, ref r, const i64 *values, i64 count) {
  for (i64 k = 0; k < count; k++) poke(s, r, k, values[k]);
}
/* As memmove does: the two may overlap. */
INLINE void copy(state *s, ref to, ref from, i64 count) {
  if (to.frame == from.frame && to.slot > from.slot)
    for (i64 k = count - 1; k >= 0; k--) poke(s, to, k, peek(s, from, k));
  else
    for (i64 k = 0; k < count; k++) poke(s, to, k, peek(s, from, k));
}
INLINE i64 same(const state *s, ref a, ref b, i64 count) {
  for (i64 k = 0; k < count; k++) if (peek(s, a, k) != peek(s, b, k)) return 0;
  return 1;
}
INLINE i64 number(context *c, i64 value) { return defined_value(c, value); }
INLINE i64 add(context *c, i64 a, i64 b) {
  i64 r;
  if (__builtin_add_overflow(a, b, &r)) bail(c);
  return number(c, r);
}
INLINE i64 subtract(context *c, i64 a, i64 b) {
  i64 r;
  if (__builtin_sub_overflow(a, b, &r)) bail(c);
  return number(c, r);
}
INLINE i64 multiply(context *c, i64 a, i64 b) {
  i64 r;
  if (__builtin_mul_overflow(a, b, &r)) bail(c);
  return number(c, r);
}
INLINE i64 divide(context *c, i64 a, i64 b) {
  if (b == 0) bail(c);
  return a / b;
}
INLINE i64 modulo(context *c, i64 a, i64 b) {
  if (b == 0) bail(c);
  return b == -1 ? 0 : a % b;
}
INLINE i64 bit_and(context *c, i64 a, i64 b) { return number(c, a & b); }
INLINE i64 bit_or(context *c, i64 a, i64 b) { return number(c, a | b); }
INLINE i64 bit_xor(context *c, i64 a, i64 b) { return number(c, a ^ b); }
INLINE i64 shift_left(context *c, i64 a, i64 b) {
  if (b >= 64 || b <= -64) return 0;
  return number(c, b >= 0 ? (i64)((u64)a << b) : a >> -b);
}
INLINE i64 shift_right(context *c, i64 a, i64 b) { return shift_left(c, a, -b); }
INLINE void count_round(context *c) {
  if (++c->rounds > MAX_ROUNDS) bail(c);
  spend(c, 1);
}
INLINE void enter(context *c, i64 slots, i64 height) {
  c->depth += 1; c->top += slots; c->nesting += height;
  if (c->depth > MAX_DEPTH || c->top > MAX_TOP || c->nesting > MAX_NESTING) bail(c);
}
/* Whether so much stack is left; `here` lies in the frame of whoever asks. */
INLINE void need_stack(context *c, const void *here, u64 bytes) {
  if (__builtin_expect((u64)here - c->stack_floor < bytes, 0)) bail(c);
}
INLINE void leave(context *c, i64 slots, i64 height) {
  c->depth -= 1; c->top -= slots; c->nesting -= height;
}
/* Sorts a multiset's places: occupied ones first, members in order. As in MultisetSlots. */
static __attribute__((unused)) i64 precedes(const state *s, i64 a, i64 b, i64 stride) {
  for (i64 k = 0; k < stride; k++) {
    i64 x = peek(s, (ref){0, a}, k), y = peek(s, (ref){0, b}, k);
    if (x != y) return k == 0 ? x > y : x < y;
  }
  return 0;
}
static __attribute__((unused)) void exchange(state *s, i64 a, i64 b, i64 stride) {
  for (i64 k = 0; k < stride; k++) {
    i64 x = peek(s, (ref){0, a}, k), y = peek(s, (ref){0, b}, k);
    poke(s, (ref){0, a}, k, y);
    poke(s, (ref){0, b}, k, x);
  }
}
static __attribute__((unused)) void sink(state *s, i64 slot, i64 place, i64 count, i64 stride) {
  for (i64 below; (below = 2 * place + 1) < count; place = below) {
    i64 at = slot + place * stride;
    if (below + 1 < count
        && precedes(s, slot + below * stride, slot + (below + 1) * stride, stride)) below++;
    if (!precedes(s, at, slot + below * stride, stride)) return;
    exchange(s, at, slot + below * stride, stride);
  }
}
/* Moves a place to where it belongs among those before it; how far. */
static __attribute__((unused)) i64 insert(state *s, i64 slot, i64 place, i64 stride) {
  i64 p = place;
  for (; p > 0; p--) {
    i64 a = slot + p * stride, b = a - stride;
    if (!precedes(s, a, b, stride)) break;
    exchange(s, a, b, stride);
  }
  return place - p;
}
static __attribute__((unused)) void normalize(state *s, i64 slot, i64 capacity, i64 stride) {
  for (i64 place = 1; place < capacity; place++) insert(s, slot, place, stride);
}
static __attribute__((unused)) void normalize_many(state *s, i64 slot, i64 capacity, i64 stride) {
  i64 left = capacity * EXCHANGES_OF_A_PLACE;
  for (i64 place = 1; place < capacity; place++) {
    left -= insert(s, slot, place, stride);
    if (left >= 0) continue;
    for (i64 k = capacity / 2; k-- > 0;) sink(s, slot, k, capacity, stride);
    for (i64 end = capacity - 1; end > 0; end--) {
      exchange(s, slot, slot + end * stride, stride);
      sink(s, slot, 0, end, stride);
    }
    return;
  }
}

#ifdef __TINYC__
/* tcc inlines nothing, and calls took half of the time of its code. */
#define index_in(c, value, lower, count) ({ \
  u64 index_ = (u64)(value) - (u64)(lower); \
  if (index_ >= (u64)(count)) bail(c); \
  (i64)index_; })
#define within(c, value, lower, upper) ({ \
  i64 value_ = (value); \
  if (value_ < (lower) || value_ > (upper)) bail(c); \
  value_; })
#define defined_value(c, value) ({ \
  i64 value_ = (value); \
  if (value_ == UNDEFINED) bail(c); \
  value_; })
#define code(s, slot, mask) ({ \
  i64 slot_ = (slot); \
  ((s)->w[WORD_OF(slot_)] >> SHIFT[slot_]) & (mask); })
#define load(s, slot, mask, lower) ((i64)(code(s, slot, mask) + (u64)(lower)))
#define load_checked(c, s, slot, mask, lower) ({ \
  u64 code_ = code(s, slot, mask); \
  if (code_ == 0) bail(c); \
  (i64)(code_ - 1 + (u64)(lower)); })
#define set_code(s, slot, mask, value) ({ \
  i64 slot_ = (slot); \
  u64 *word_ = &(s)->w[WORD_OF(slot_)]; \
  *word_ = (*word_ & ~((mask) << SHIFT[slot_])) | (((u64)(value) & (mask)) << SHIFT[slot_]); })
#endif
