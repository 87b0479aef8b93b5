/* What an agent of a live update does, as a script says. The words are in agent.c. */
#ifndef AGENT_H
#define AGENT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	MOST_WORDS = 16,
	MOST_NAMES = 64,
	NAME_BYTES = 64,
	PAGE_BYTES = 4096,
};

/* A descriptor with the name that the script has for it: of a session, or of a file. */
struct named {
	char name[NAME_BYTES];
	int fd;
};

struct names {
	struct named all[MOST_NAMES];
	int count;
};

int fd_of(const struct names *names, const char *name);
bool keep(struct names *names, const char *name, int fd);
bool forget(struct names *names, const char *name);

/* Answers are 0 or a negative errno. */
int device_open(void);
int device_close(void);
int session_create(struct names *sessions, const char *name);
int session_retrieve(struct names *sessions, const char *name);
int session_finish(const struct names *sessions, const char *name);
int session_preserve(const struct names *sessions, const char *name, unsigned long long token, int fd);
int session_retrieve_fd(const struct names *sessions, const char *name, unsigned long long token);

int memory_make(struct names *files, const char *name, size_t pages);
int memory_check(int fd, const char *name, size_t pages);
int memory_write(int fd, size_t page);

int kexec_load_self(void);
int kexec_jump(void);

#endif
