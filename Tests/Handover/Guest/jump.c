/* Loads the same kernel with the same initrd, and jumps into it. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char KERNEL[] = "/kernel";
static const char INITRD[] = "/room/initrd";
static const char COUNT[] = "generation=";

/* The running kernel's command line, with the number of the next generation. */
static int next_command_line(char *line, size_t bytes)
{
	char text[2048] = "";
	char *count, *rest;
	int length;
	FILE *file = fopen("/proc/cmdline", "r");

	if (!file)
		return -errno;
	if (!fgets(text, sizeof(text), file))
		text[0] = 0;
	fclose(file);
	text[strcspn(text, "\n")] = 0;
	count = strstr(text, COUNT);
	if (!count)
		return -EINVAL;
	long now = strtol(count + strlen(COUNT), &rest, 10);

	*count = 0;
	length = snprintf(line, bytes, "%s%s%ld%s", text, COUNT, now + 1, rest);
	return length < 0 || (size_t)length >= bytes ? -ENAMETOOLONG : 0;
}

int kexec_load_self(void)
{
	char line[2048];
	int kernel = open(KERNEL, O_RDONLY | O_CLOEXEC), initrd = open(INITRD, O_RDONLY | O_CLOEXEC);
	int error = kernel < 0 || initrd < 0 ? -errno : next_command_line(line, sizeof(line));

	if (!error && syscall(SYS_kexec_file_load, kernel, initrd, strlen(line) + 1, line, 0UL) < 0)
		error = -errno;
	close(kernel);
	close(initrd);
	return error;
}

/* Comes back with an error, or not at all. */
int kexec_jump(void)
{
	sync();
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_KEXEC, NULL);
	return -errno;
}
