/* /dev/liveupdate and its sessions, by the ioctls of the kernel's own header. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/liveupdate.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int device = -1;

/* Open twice in one process the second descriptor would be lost; it is asked for and closed. */
int device_open(void)
{
	int fd = open("/dev/liveupdate", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (device >= 0)
		close(fd);
	else
		device = fd;
	return 0;
}

int device_close(void)
{
	int fd = device;

	device = -1;
	return close(fd) < 0 ? -errno : 0;
}

static int answer(int result)
{
	return result < 0 ? -errno : 0;
}

int session_create(struct names *sessions, const char *name)
{
	struct liveupdate_ioctl_create_session asked = { .size = sizeof(asked) };

	strncpy((char *)asked.name, name, sizeof(asked.name) - 1);
	if (ioctl(device, LIVEUPDATE_IOCTL_CREATE_SESSION, &asked) < 0)
		return -errno;
	return keep(sessions, name, asked.fd) ? 0 : -ENOSPC;
}

int session_retrieve(struct names *sessions, const char *name)
{
	struct liveupdate_ioctl_retrieve_session asked = { .size = sizeof(asked) };

	strncpy((char *)asked.name, name, sizeof(asked.name) - 1);
	if (ioctl(device, LIVEUPDATE_IOCTL_RETRIEVE_SESSION, &asked) < 0)
		return -errno;
	return keep(sessions, name, asked.fd) ? 0 : -ENOSPC;
}

int session_finish(const struct names *sessions, const char *name)
{
	struct liveupdate_session_finish asked = { .size = sizeof(asked) };

	return answer(ioctl(fd_of(sessions, name), LIVEUPDATE_SESSION_FINISH, &asked));
}

int session_preserve(const struct names *sessions, const char *name, unsigned long long token, int fd)
{
	struct liveupdate_session_preserve_fd asked = {
		.size = sizeof(asked), .fd = fd, .token = token,
	};

	return answer(ioctl(fd_of(sessions, name), LIVEUPDATE_SESSION_PRESERVE_FD, &asked));
}

/* The descriptor, or a negative errno. */
int session_retrieve_fd(const struct names *sessions, const char *name, unsigned long long token)
{
	struct liveupdate_session_retrieve_fd asked = { .size = sizeof(asked), .token = token };
	int result = ioctl(fd_of(sessions, name), LIVEUPDATE_SESSION_RETRIEVE_FD, &asked);

	return result < 0 ? -errno : asked.fd;
}
