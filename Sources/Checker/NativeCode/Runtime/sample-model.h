/* What the emitter writes in front of the runtime, for a model of one slot: for tools that read the
   runtime alone. It is no part of emitted files. */
#include "native-context.h"

#define CONTEXT_BYTES (8 * (NATIVE_FIELD_COUNT + 64))
#define WORDS 1
#define ALIKE 1
#define OUTGROWS 1
#define MAX_ROUNDS 10000000
#define MAX_DEPTH 1000
#define MAX_NESTING 200000
#define MAX_TOP 262144
#define EXCHANGES_OF_A_PLACE 16
#define WORD_OF(slot) ((void)(slot), 0)
static const unsigned char SHIFT[] = { 0 };
static const u64 MASK[] = { 65535 };
static const i64 LOWER[] = { 0 };
static const unsigned char UNDEFINABLE[] = { 1 };

/* Of models with symbolic constants. */
#define PATH_SLOT 0
#define PATH_MASK 65535ULL
#define PATH_FIRST 0
#define KINDS 16
