/* What a search on several machines asks of MPI. `make cluster` builds it with the site's mpicc, because each
 * MPI has numbers and structures of its own; the checker opens it when --cluster is given, and needs no MPI
 * otherwise. Whatever goes wrong within MPI ends all ranks, with MPI's own words: that is its default.
 *
 * All functions are for the thread that called swapcheck_cluster_start. Those that are marked so return when
 * all ranks have called them. Numbers of words are below 2^31, which the caller sees to. */
#include <mpi.h>
#include <stdint.h>
#include <string.h>

#define VERSION 1

/* Of the functions below; the checker refuses another one. */
int swapcheck_cluster_version(void) { return VERSION; }

/* Whose MPI it was built with: its own words, in their first line. */
const char *swapcheck_cluster_library(void) {
  static char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  text[strcspn(text, "\r\n")] = 0;
  return text;
}

/* Begins; 0 where that is well, 1 where MPI has no threads beside which it can be called from one. */
int swapcheck_cluster_start(void) {
  int provided = 0;
  MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  return provided >= MPI_THREAD_FUNNELED ? 0 : 1;
}

int swapcheck_cluster_rank(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int swapcheck_cluster_size(void) {
  int size = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

/* The rank among those of this machine, and how many these are. All ranks. */
void swapcheck_cluster_machine(int *rank, int *size) {
  MPI_Comm machine;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
  MPI_Comm_rank(machine, rank);
  MPI_Comm_size(machine, size);
  MPI_Comm_free(&machine);
}

/* Gives each rank the words of all, in the order of ranks. All ranks, with the same count. */
void swapcheck_cluster_gather(const uint64_t *words, int count, uint64_t *all) {
  MPI_Allgather(words, count, MPI_UINT64_T, all, count, MPI_UINT64_T, MPI_COMM_WORLD);
}

/* Gives each rank the number that each other one has for it. All ranks. */
void swapcheck_cluster_counts(const int *sent, int *received) {
  MPI_Alltoall(sent, 1, MPI_INT, received, 1, MPI_INT, MPI_COMM_WORLD);
}

/* Gives each rank the words that the others have for it. All ranks. */
void swapcheck_cluster_exchange(const uint64_t *sent, const int *sent_counts, const int *sent_offsets,
                                uint64_t *received, const int *received_counts,
                                const int *received_offsets) {
  MPI_Alltoallv(sent, sent_counts, sent_offsets, MPI_UINT64_T, received, received_counts,
                received_offsets, MPI_UINT64_T, MPI_COMM_WORLD);
}

/* Ends MPI. All ranks. */
void swapcheck_cluster_finish(void) { MPI_Finalize(); }
