/* The few things of C and Linux that Swift cannot say itself. */
#ifndef CINTRINSICS_H
#define CINTRINSICS_H

/// Asks for the cache line at an address, which will be written to soon.
static inline void prefetch_for_write(const void *address) { __builtin_prefetch(address, 1); }

/// `mremap` with MREMAP_MAYMOVE, a variadic function that Swift cannot call; a null pointer where it
/// fails.
void *mremap_may_move(void *address, unsigned long old_size, unsigned long new_size);

/// Names a thread for debuggers and profilers; at most 15 bytes.
void name_thread(unsigned long thread, const char *name);

#endif
