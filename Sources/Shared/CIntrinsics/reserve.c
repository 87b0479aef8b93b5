#define _GNU_SOURCE
#include "MemoryReserve.h"

#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Sanitizers have an allocator of their own, which must not be mixed with the library's.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OTHER_ALLOCATOR 1
#endif
#endif
#if defined(__GLIBC__) && !defined(HAS_OTHER_ALLOCATOR)
#define REPLACES_MALLOC 1
#endif

typedef struct {
  int descriptor;
  int code;
  size_t byte_count;
  char text[];
} LastWords;

static _Atomic(void *) reserve;
static size_t reserve_byte_count;
static atomic_bool is_kept;
static atomic_bool is_short;
static _Atomic(LastWords *) last_words;

bool memory_is_short(void) { return atomic_load_explicit(&is_short, memory_order_relaxed); }

void memory_note_short(void) { atomic_store(&is_short, true); }

void memory_reserve_keep(size_t byte_count, bool is_bounded) {
#if REPLACES_MALLOC
  if (atomic_exchange(&is_kept, true)) return;
  if (is_bounded) mallopt(M_ARENA_MAX, 1);
  for (; byte_count >= 1 << 18; byte_count /= 2) {
    // Counted by `ulimit -v` and `ulimit -d`, and without a page.
    void *kept = mmap(NULL, byte_count, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (kept == MAP_FAILED) continue;
    reserve_byte_count = byte_count;
    atomic_store(&reserve, kept);
    return;
  }
  // There is next to nothing from the beginning.
  memory_note_short();
#endif
}

bool memory_set_last_words(const char *text, size_t byte_count, int descriptor, int code) {
  LastWords *words = NULL;
  if (text) {
    words = malloc_or_null(sizeof(LastWords) + byte_count);
    if (!words) return false;
    words->descriptor = descriptor;
    words->code = code;
    words->byte_count = byte_count;
    memcpy(words->text, text, byte_count);
  }
  // The old ones stay: another thread may be about to say them.
  atomic_store(&last_words, words);
  return true;
}

static void write_all(int descriptor, const char *text, size_t byte_count) {
  while (byte_count > 0) {
    ssize_t count = write(descriptor, text, byte_count);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    byte_count -= (size_t)count;
  }
}

void memory_end(void) {
  static const char unsaid[] = "inconclusive: the system gave no more memory\n";
  static atomic_bool is_ending;
  // Another thread has said them, or does.
  if (atomic_exchange(&is_ending, true)) for (;;) pause();
  LastWords *words = atomic_load(&last_words);
  if (words) {
    write_all(words->descriptor, words->text, words->byte_count);
    _exit(words->code);
  }
  write_all(STDERR_FILENO, unsaid, sizeof unsaid - 1);
  _exit(3);
}

void stack_take(void) {
  enum { byte_count = 1 << 18, page = 1 << 12 };
  volatile char room[byte_count];
  for (long position = byte_count - 1; position >= 0; position -= page) room[position] = 0;
}

#if REPLACES_MALLOC

// The library's own, which `malloc` and its like are other names of.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc_or_null(size_t byte_count) { return __libc_malloc(byte_count); }
void *calloc_or_null(size_t count, size_t byte_count) { return __libc_calloc(count, byte_count); }
void *realloc_or_null(void *memory, size_t byte_count) {
  return __libc_realloc(memory, byte_count);
}

/// Whether there may be memory now. Ends the process where there is none to be given back.
static bool has_given_back(int attempt) {
  if (!atomic_load_explicit(&is_kept, memory_order_relaxed)) return false;
  void *kept = atomic_exchange(&reserve, NULL);
  memory_note_short();
  if (kept) {
    munmap(kept, reserve_byte_count);
  } else if (attempt < 8) {
    // Another thread may be about to give it back.
    sched_yield();
  } else {
    memory_end();
  }
  return true;
}

// Everything that allocates comes by here, Swift's runtime and other libraries too. More than any
// machine has is asked for by mistake, and refused.
static bool is_possible(size_t byte_count) { return byte_count < (size_t)1 << 46; }

__attribute__((visibility("default"))) void *malloc(size_t byte_count) {
  void *memory = __libc_malloc(byte_count);
  for (int attempt = 0; __builtin_expect(!memory, 0) && is_possible(byte_count); attempt++) {
    if (!has_given_back(attempt)) break;
    memory = __libc_malloc(byte_count);
  }
  return memory;
}

__attribute__((visibility("default"))) void *calloc(size_t count, size_t byte_count) {
  void *memory = __libc_calloc(count, byte_count);
  size_t product;
  for (int attempt = 0; __builtin_expect(!memory, 0); attempt++) {
    if (__builtin_mul_overflow(count, byte_count, &product) || !is_possible(product)) break;
    if (!has_given_back(attempt)) break;
    memory = __libc_calloc(count, byte_count);
  }
  return memory;
}

__attribute__((visibility("default"))) void *realloc(void *old, size_t byte_count) {
  void *memory = __libc_realloc(old, byte_count);
  // No bytes are no memory.
  for (int attempt = 0; __builtin_expect(!memory && byte_count > 0, 0); attempt++) {
    if (!is_possible(byte_count) || !has_given_back(attempt)) break;
    memory = __libc_realloc(old, byte_count);
  }
  return memory;
}

__attribute__((visibility("default"))) void *memalign(size_t alignment, size_t byte_count) {
  void *memory = __libc_memalign(alignment, byte_count);
  for (int attempt = 0; __builtin_expect(!memory && errno == ENOMEM, 0); attempt++) {
    if (!is_possible(byte_count) || !has_given_back(attempt)) break;
    memory = __libc_memalign(alignment, byte_count);
  }
  return memory;
}

__attribute__((visibility("default"))) void *aligned_alloc(size_t alignment, size_t byte_count) {
  return memalign(alignment, byte_count);
}

__attribute__((visibility("default"))) int posix_memalign(
    void **memory, size_t alignment, size_t byte_count) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
  int before = errno;
  void *made = memalign(alignment, byte_count);
  errno = before;
  if (!made) return ENOMEM;
  *memory = made;
  return 0;
}

#else

void *malloc_or_null(size_t byte_count) { return malloc(byte_count); }
void *calloc_or_null(size_t count, size_t byte_count) { return calloc(count, byte_count); }
void *realloc_or_null(void *memory, size_t byte_count) { return realloc(memory, byte_count); }

#endif
