#define _GNU_SOURCE
#include "CIntrinsics.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

void *mremap_may_move(void *address, unsigned long old_size, unsigned long new_size) {
  void *moved = mremap(address, old_size, new_size, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
}

void name_thread(unsigned long thread, const char *name) { pthread_setname_np(thread, name); }
