/*
 * An agent of a live update, which does what a script says line by line, and says in the kernel's log
 * what came of it: `agent: create alpha = 0`. A line that ends in `! EBUSY` has to fail so; another has
 * to succeed. What is otherwise is said and ends the agent with 1.
 *
 *   agent SCRIPT
 *
 *   open, close-device              /dev/liveupdate
 *   create, retrieve, finish, close SESSION
 *   memfd FILE PAGES                a file of memory, whose contents follow from its name
 *   preserve SESSION TOKEN FILE     and `retrieve-fd`, after which the file has that name
 *   check FILE PAGES                it has the contents that its name says
 *   write FILE PAGE                 writes into it; drop FILE closes it
 *   dup FILE OTHER                  another name for it
 *   open-path PATH FILE             opens a path, which then has that name
 *   load, jump                      kexec_file_load and reboot(KEXEC) of the same kernel
 *   force FUNCTION ERROR SKIP MS    the module returns the error (0; `none`) in the function's place, after
 *                                   so many calls that do what they do, and after so many milliseconds
 *   spawn NAME, join NAME, kill NAME   a process that does the lines which begin with `NAME:`
 *   sleep MS, shell COMMAND
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_LINES = 256, LINE_BYTES = 256 };

struct child {
	char name[NAME_BYTES];
	pid_t pid;
};

static char lines[MOST_LINES][LINE_BYTES];
static int line_count;
static struct names sessions, files;
static struct child children[MOST_NAMES];
static int child_count;
static char own_name[NAME_BYTES];
static int kernel_log = -1;

int fd_of(const struct names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (!strcmp(names->all[i].name, name))
			return names->all[i].fd;
	return -1;
}

bool forget(struct names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (!strcmp(names->all[i].name, name)) {
			names->all[i] = names->all[--names->count];
			return true;
		}
	return false;
}

bool keep(struct names *names, const char *name, int fd)
{
	forget(names, name);
	if (names->count == MOST_NAMES || fd < 0)
		return false;
	snprintf(names->all[names->count].name, NAME_BYTES, "%s", name);
	names->all[names->count++].fd = fd;
	return true;
}

static int close_named(struct names *names, const char *name)
{
	int fd = fd_of(names, name);

	forget(names, name);
	return close(fd) < 0 ? -errno : 0;
}

/* -2 for what is no name of an error. */
static int error_number(const char *name)
{
	if (!strcmp(name, "none"))
		return -1;
	if (!strcmp(name, "0"))
		return 0;
	for (int number = 1; number < 134; number++)
		if (strerrorname_np(number) && !strcmp(strerrorname_np(number), name))
			return number;
	return -2;
}

static int force(const char *function, const char *error, const char *skip, const char *delay)
{
	int fd = open("/sys/kernel/debug/forced_error", O_WRONLY | O_CLOEXEC);
	char text[LINE_BYTES];
	int length = snprintf(text, sizeof(text), "%s %d %s %s", function, error_number(error), skip, delay);
	int result = fd < 0 || write(fd, text, (size_t)length) < 0 ? -errno : 0;

	close(fd);
	return result;
}

static int run(const char *prefix);

static int spawn(const char *name)
{
	pid_t pid = fork();

	if (pid < 0 || child_count == MOST_NAMES)
		return pid < 0 ? -errno : -ENOSPC;
	if (!pid) {
		char comm[16];

		snprintf(comm, sizeof(comm), "agent-%s", name);
		prctl(PR_SET_NAME, comm);
		snprintf(own_name, sizeof(own_name), "%s", name);
		_exit(run(name));
	}
	snprintf(children[child_count].name, NAME_BYTES, "%s", name);
	children[child_count++].pid = pid;
	return 0;
}

static int end_child(const char *name, bool by_force)
{
	for (int i = 0; i < child_count; i++) {
		int status = 0;
		pid_t pid = children[i].pid;

		if (strcmp(children[i].name, name))
			continue;
		children[i] = children[--child_count];
		if (by_force && kill(pid, SIGKILL) < 0)
			return -errno;
		if (waitpid(pid, &status, 0) < 0)
			return -errno;
		return by_force || (WIFEXITED(status) && !WEXITSTATUS(status)) ? 0 : -ECHILD;
	}
	return -ESRCH;
}

static int retrieve_fd(const char *session, const char *token, const char *file)
{
	int fd = session_retrieve_fd(&sessions, session, strtoull(token, NULL, 0));

	return fd < 0 ? fd : keep(&files, file, fd) ? 0 : -ENOSPC;
}

static int rest_as_command(char **words, int count)
{
	char text[LINE_BYTES] = "";

	for (int i = 1; i < count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s ", words[i]);
	return system(text) == 0 ? 0 : -ECHILD;
}

static bool is(char **words, int count, const char *word, int arguments)
{
	return count == arguments + 1 && !strcmp(words[0], word);
}

static int execute(char **w, int n)
{
	if (is(w, n, "open", 0)) return device_open();
	if (is(w, n, "close-device", 0)) return device_close();
	if (is(w, n, "create", 1)) return session_create(&sessions, w[1]);
	if (is(w, n, "retrieve", 1)) return session_retrieve(&sessions, w[1]);
	if (is(w, n, "finish", 1)) return session_finish(&sessions, w[1]);
	if (is(w, n, "close", 1)) return close_named(&sessions, w[1]);
	if (is(w, n, "memfd", 2)) return memory_make(&files, w[1], strtoul(w[2], NULL, 0));
	if (is(w, n, "check", 2)) return memory_check(fd_of(&files, w[1]), w[1], strtoul(w[2], NULL, 0));
	if (is(w, n, "write", 2)) return memory_write(fd_of(&files, w[1]), strtoul(w[2], NULL, 0));
	if (is(w, n, "drop", 1)) return close_named(&files, w[1]);
	if (is(w, n, "dup", 2)) return keep(&files, w[2], dup(fd_of(&files, w[1]))) ? 0 : -EBADF;
	if (is(w, n, "open-path", 2)) return keep(&files, w[2], open(w[1], O_RDONLY)) ? 0 : -errno;
	if (is(w, n, "preserve", 3))
		return session_preserve(&sessions, w[1], strtoull(w[2], NULL, 0), fd_of(&files, w[3]));
	if (is(w, n, "retrieve-fd", 3)) return retrieve_fd(w[1], w[2], w[3]);
	if (is(w, n, "load", 0)) return kexec_load_self();
	if (is(w, n, "jump", 0)) return kexec_jump();
	if (is(w, n, "force", 4)) return force(w[1], w[2], w[3], w[4]);
	if (is(w, n, "spawn", 1)) return spawn(w[1]);
	if (is(w, n, "join", 1)) return end_child(w[1], false);
	if (is(w, n, "kill", 1)) return end_child(w[1], true);
	if (is(w, n, "sleep", 1)) return usleep((useconds_t)strtoul(w[1], NULL, 0) * 1000) < 0 ? -errno : 0;
	if (n > 1 && !strcmp(w[0], "shell")) return rest_as_command(w, n);
	return -ENOTSUP;
}

static void say(const char *line, const char *result, const char *remark)
{
	char text[2 * LINE_BYTES];
	int length = snprintf(text, sizeof(text), "agent%s%s: %s = %s%s\n",
			      own_name[0] ? "-" : "", own_name, line, result, remark);

	if (write(kernel_log, text, (size_t)length) < 0)
		fputs(text, stderr);
}

/* What is expected is behind a `!`, and taken off. */
static char *expected(char *line)
{
	char *mark = strstr(line, " ! ");

	if (!mark)
		return "0";
	*mark = 0;
	return mark + 3;
}

static bool run_line(const char *source)
{
	char line[LINE_BYTES], copy[LINE_BYTES], result[32] = "0";
	char *words[MOST_WORDS], *wanted;
	int count = 0, error;

	snprintf(line, sizeof(line), "%s", source);
	wanted = expected(line);
	snprintf(copy, sizeof(copy), "%s", line);
	for (char *word = strtok(copy, " "); word && count < MOST_WORDS; word = strtok(NULL, " "))
		words[count++] = word;
	if (!count || words[0][0] == '#')
		return true;
	say(line, "...", "");
	error = execute(words, count);
	if (error)
		snprintf(result, sizeof(result), "-%s", strerrorname_np(-error));
	bool as_wanted = !strcmp(result, "0") ? !strcmp(wanted, "0") : !strcmp(result + 1, wanted);

	say(line, result, as_wanted ? "" : ", unexpected");
	return as_wanted;
}

/* The lines that begin with the name and a colon; without a name, those that begin with none. */
static int run(const char *prefix)
{
	size_t length = prefix ? strlen(prefix) : 0;

	for (int i = 0; i < line_count; i++) {
		const char *line = lines[i];
		const char *colon = strstr(line, ": ");
		const char *space = strchr(line, ' ');
		bool named = colon && space > colon;

		if (prefix ? !named || (size_t)(colon - line) != length || strncmp(line, prefix, length) : named)
			continue;
		if (!run_line(prefix ? colon + 2 : line))
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	FILE *script = argc == 2 ? fopen(argv[1], "r") : NULL;

	kernel_log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (!script || kernel_log < 0) {
		perror("agent");
		return 2;
	}
	while (line_count < MOST_LINES && fgets(lines[line_count], LINE_BYTES, script)) {
		lines[line_count][strcspn(lines[line_count], "\n")] = 0;
		line_count++;
	}
	fclose(script);
	return run(NULL);
}
