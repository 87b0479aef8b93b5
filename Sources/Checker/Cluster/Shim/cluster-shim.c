/* What a search on several machines asks of MPI. `make cluster` builds it with the site's mpicc, because each
 * MPI has numbers and structures of its own; the checker opens it when --cluster is given, and needs no MPI
 * otherwise. Whatever goes wrong within MPI ends all ranks, with MPI's own words: that is its default.
 *
 * SWAPCHECK_CLUSTER_NETWORK=MICROSECONDS:MBITS imitates a slower network, for measurements on one machine: each
 * call takes so many microseconds more, and words to and from other ranks as long as a link of so many megabits
 * a second would take for them.
 *
 * All functions are for the thread that called swapcheck_cluster_start. Those that are marked so return when
 * all ranks have called them. Numbers of words are below 2^31, which the caller sees to. */
#include <mpi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VERSION 1

static double call_microseconds, word_microseconds;

/* Reads what network is to be imitated; none where the variable is missing or says something else. */
static void imitate_network(void) {
  const char *text = getenv("SWAPCHECK_CLUSTER_NETWORK");
  double microseconds, megabits;
  if (!text || sscanf(text, "%lf:%lf", &microseconds, &megabits) != 2) return;
  if (microseconds < 0 || megabits <= 0) return;
  call_microseconds = microseconds;
  word_microseconds = 64 / megabits;
}

/* Takes as long as the imitated network would for so many words. */
static void delay(double words) {
  double seconds = (call_microseconds + words * word_microseconds) * 1e-6;
  if (seconds <= 0) return;
  struct timespec time = {.tv_sec = (time_t)seconds};
  time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
  nanosleep(&time, NULL);
}

/* The words for all ranks but this one. */
static double words_of_others(const int *counts) {
  int rank = 0, size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  double words = 0;
  for (int other = 0; other < size; other++)
    if (other != rank) words += counts[other];
  return words;
}

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
  imitate_network();
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
  delay(0);
}

/* Gives each rank the number that each other one has for it. All ranks. */
void swapcheck_cluster_counts(const int *sent, int *received) {
  MPI_Alltoall(sent, 1, MPI_INT, received, 1, MPI_INT, MPI_COMM_WORLD);
  delay(0);
}

/* Gives each rank the words that the others have for it. All ranks. */
void swapcheck_cluster_exchange(const uint64_t *sent, const int *sent_counts, const int *sent_offsets,
                                uint64_t *received, const int *received_counts,
                                const int *received_offsets) {
  MPI_Alltoallv(sent, sent_counts, sent_offsets, MPI_UINT64_T, received, received_counts,
                received_offsets, MPI_UINT64_T, MPI_COMM_WORLD);
  double out = words_of_others(sent_counts), in = words_of_others(received_counts);
  delay(out > in ? out : in);
}

/* Ends MPI. All ranks. */
void swapcheck_cluster_finish(void) { MPI_Finalize(); }
