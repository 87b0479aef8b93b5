// SPDX-License-Identifier: GPL-2.0
/*
 * Has a function of the kernel return an error in place of what it does.
 *
 *   echo 'FUNCTION ERROR SKIP MS' > /sys/kernel/debug/forced_error
 *
 * After SKIP calls that do what they do, one call waits MS milliseconds, busily, and returns -ERROR at
 * once: 0 or a null pointer for 0. With an ERROR of -1 it goes on. Other calls do what they do. Kprobe
 * events of the same function leave nothing of the call that was forced.
 */

#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

enum { MOST_MS = 5000, MOST_ERROR = 4095 };

static char function[64];
static int error;
static unsigned int wait_ms;
static atomic_t skip;
static bool is_set;
static DEFINE_MUTEX(lock);
static struct dentry *entry;

/* What a function consists of that only returns. */
void forced_error_return(void);
asm(".text\n.type forced_error_return, @function\nforced_error_return:\n\tret\n.size forced_error_return, .-forced_error_return\n");

static int before(struct kprobe *probe, struct pt_regs *regs)
{
	if (atomic_dec_return(&skip) != -1)
		return 0;
	if (wait_ms)
		mdelay(wait_ms);
	if (error < 0)
		return 0;
	regs->ax = (unsigned long)-(long)error;
	regs->ip = (unsigned long)forced_error_return;
	return 1;
}

static struct kprobe probe = { .symbol_name = function, .pre_handler = before };

static void unset(void)
{
	if (is_set)
		unregister_kprobe(&probe);
	is_set = false;
}

static ssize_t write(struct file *file, const char __user *buffer, size_t bytes, loff_t *position)
{
	char text[128] = "";
	int calls, result;

	if (bytes >= sizeof(text) || copy_from_user(text, buffer, bytes))
		return -EINVAL;
	guard(mutex)(&lock);
	unset();
	if (sscanf(text, "%63s %d %d %u", function, &error, &calls, &wait_ms) != 4 ||
	    error < -1 || error > MOST_ERROR || wait_ms > MOST_MS)
		return -EINVAL;
	atomic_set(&skip, calls);
	probe = (struct kprobe) { .symbol_name = function, .pre_handler = before };
	result = register_kprobe(&probe);
	if (result)
		return result;
	is_set = true;
	return bytes;
}

static const struct file_operations operations = { .owner = THIS_MODULE, .write = write };

static int __init forced_error_init(void)
{
	entry = debugfs_create_file("forced_error", 0200, NULL, NULL, &operations);
	return PTR_ERR_OR_ZERO(entry);
}

static void __exit forced_error_exit(void)
{
	debugfs_remove(entry);
	unset();
}

module_init(forced_error_init);
module_exit(forced_error_exit);
MODULE_DESCRIPTION("A function of the kernel returns an error in place of what it does");
MODULE_LICENSE("GPL");
