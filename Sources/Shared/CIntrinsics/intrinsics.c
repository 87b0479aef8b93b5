#define _GNU_SOURCE
#include "CIntrinsics.h"

#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

void *mremap_may_move(void *address, unsigned long old_size, unsigned long new_size) {
  void *moved = mremap(address, old_size, new_size, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
}

uintptr_t stack_floor(void) {
  static __thread uintptr_t floor;
  if (floor) return floor;
  pthread_attr_t attributes;
  void *lowest = NULL;
  size_t size = 0, guard = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_getguardsize(&attributes, &guard);
    pthread_attr_destroy(&attributes);
  }
  // Where nothing is known of it, there is no floor.
  floor = lowest ? (uintptr_t)lowest + guard : 1;
  return floor;
}

void name_thread(unsigned long thread, const char *name) { pthread_setname_np(thread, name); }

unsigned long own_stack_size(void) {
  pthread_attr_t attributes;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  if (pthread_attr_getstacksize(&attributes, &size) != 0) size = 0;
  pthread_attr_destroy(&attributes);
  return size;
}

void begin_write_back(int file, long first, long byte_count) {
  sync_file_range(file, first, byte_count, SYNC_FILE_RANGE_WRITE);
}

void end_write_back(int file, long first, long byte_count) {
  sync_file_range(
    file, first, byte_count,
    SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  posix_fadvise(file, first, byte_count, POSIX_FADV_DONTNEED);
}
