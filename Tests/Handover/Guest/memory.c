/* Files of memory, whose contents follow from their names. */
#include "agent.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void fill(unsigned char *page, const char *name, size_t number)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < PAGE_BYTES; i++)
		page[i] = (unsigned char)(name[i % length] + number * 31 + i / length);
}

int memory_make(struct names *files, const char *name, size_t pages)
{
	unsigned char page[PAGE_BYTES];
	int fd = memfd_create(name, MFD_ALLOW_SEALING | MFD_CLOEXEC);

	if (fd < 0)
		return -errno;
	for (size_t i = 0; i < pages; i++) {
		fill(page, name, i);
		if (pwrite(fd, page, PAGE_BYTES, (off_t)(i * PAGE_BYTES)) != PAGE_BYTES)
			return -errno;
	}
	return keep(files, name, fd) ? 0 : -ENOSPC;
}

/* -EILSEQ: another size, or other contents. */
int memory_check(int fd, const char *name, size_t pages)
{
	unsigned char page[PAGE_BYTES], found[PAGE_BYTES];

	if (lseek(fd, 0, SEEK_END) != (off_t)(pages * PAGE_BYTES))
		return -EILSEQ;
	for (size_t i = 0; i < pages; i++) {
		fill(page, name, i);
		if (pread(fd, found, PAGE_BYTES, (off_t)(i * PAGE_BYTES)) != PAGE_BYTES)
			return -errno;
		if (memcmp(page, found, PAGE_BYTES))
			return -EILSEQ;
	}
	return 0;
}

/* Behind its end it makes the file larger. */
int memory_write(int fd, size_t page)
{
	return pwrite(fd, "again", 5, (off_t)(page * PAGE_BYTES)) == 5 ? 0 : -errno;
}
