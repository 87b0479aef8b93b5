/* What is kept for the end: memory that is given back when the system has no more. */
#ifndef MEMORY_RESERVE_H
#define MEMORY_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

/// Keeps memory back, as much as the system gives up to a number of bytes. From here on what `malloc`
/// and its like are refused comes out of that, and `memory_is_short` says so. When that is used up,
/// too, the process says its last words and ends: Swift's own end would be a signal.
///
/// - Parameter is_bounded: Whether addresses are few. Then threads share one pool of memory: by
///   default each sets 64 MiB of addresses aside for its own.
void memory_reserve_keep(size_t byte_count, bool is_bounded);

/// Whether it is time to end, because the system has no more memory or soon will not.
bool memory_is_short(void);

/// Has `memory_is_short` say so from now on.
void memory_note_short(void);

/// What is written where nothing can be done any more, and the code that the process ends with. That is
/// `inconclusive` and 3 where nothing is set.
///
/// - Parameters:
///   - text: Copied; a null pointer takes back what was set.
///   - descriptor: Where it is written.
/// - Returns: False, and nothing has changed, where there is no memory for the copy.
bool memory_set_last_words(const char *text, size_t byte_count, int descriptor, int code);

/// Says the last words and ends the process.
_Noreturn void memory_end(void);

/// `malloc` for a caller who can do without: a null pointer where the system has no more.
void *malloc_or_null(size_t byte_count);

/// The same for `calloc`.
void *calloc_or_null(size_t count, size_t byte_count);

/// The same for `realloc`.
void *realloc_or_null(void *memory, size_t byte_count);

/// Takes 256 KiB of the calling thread's stack, so that it asks for none when memory is short. For the
/// first thread: the others have theirs from the beginning.
void stack_take(void);

#endif
