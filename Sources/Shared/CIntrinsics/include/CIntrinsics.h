/* The few things of C and Linux that Swift cannot say itself. */
#ifndef CINTRINSICS_H
#define CINTRINSICS_H

#include "MemoryReserve.h"

#include <stdint.h>
#include <sys/xattr.h>

/// Asks for the cache line at an address, which will be written to soon.
static inline void prefetch_for_write(const void *address) { __builtin_prefetch(address, 1); }

/// A bit for each of up to 64 words in which two states differ. No branch: none would be foretold.
static inline uint64_t differing_words(const uint64_t *state, const uint64_t *other, long count) {
  uint64_t bits = 0;
  for (long word = 0; word < count; word++) bits |= (uint64_t)(state[word] != other[word]) << word;
  return bits;
}

/// The 128-bit number of a high and a low half, divided and rounded up. The high half has to be below
/// the divisor. One instruction where the processor has it; the compiler's own call takes 30 ns.
static inline uint64_t divide_rounding_up(uint64_t high, uint64_t low, uint64_t divisor) {
#if defined(__x86_64__)
  uint64_t quotient, remainder;
  __asm__("divq %4" : "=a"(quotient), "=d"(remainder) : "a"(low), "d"(high), "r"(divisor) : "cc");
  return quotient + (remainder != 0);
#else
  unsigned __int128 number = (unsigned __int128)high << 64 | low;
  return (uint64_t)(number / divisor) + (number % divisor != 0);
#endif
}

/// `mremap` with MREMAP_MAYMOVE, a variadic function that Swift cannot call; a null pointer where it
/// fails.
void *mremap_may_move(void *address, unsigned long old_size, unsigned long new_size);

/// The lowest address of the calling thread's stack that it may use.
uintptr_t stack_floor(void);

/// Bytes of stack that the calling thread has left, from about here on.
static inline long stack_bytes_left(void) {
  return (long)((uintptr_t)__builtin_frame_address(0) - stack_floor());
}

/// Names a thread for debuggers and profilers; at most 15 bytes.
void name_thread(unsigned long thread, const char *name);

/// Bytes of the stack of the thread that calls; 0 where that cannot be found out.
unsigned long own_stack_size(void);

/// Has the system begin to write bytes of a file to its device, and wait for nothing.
void begin_write_back(int file, long first, long byte_count);

/// Waits until bytes of a file are on their device, and gives back the memory that the system has them
/// in: what is written and not read again soon takes memory from what is needed.
void end_write_back(int file, long first, long byte_count);

/// `listxattr`, which Swift's module of glibc leaves out: the names of a file's extended attributes.
static inline long extended_attributes(const char *path, char *names, unsigned long byte_count) {
  return listxattr(path, names, byte_count);
}

#endif
