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

unsigned long own_stack_size(void) {
  pthread_attr_t attributes;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  if (pthread_attr_getstacksize(&attributes, &size) != 0) size = 0;
  pthread_attr_destroy(&attributes);
  return size;
}
