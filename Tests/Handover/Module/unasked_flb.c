// SPDX-License-Identifier: GPL-2.0
/*
 * An FLB of memfd files that nobody asks for in the next kernel: it registers itself and says what it is
 * called back for.
 */

#include <linux/kprobes.h>
#include <linux/liveupdate.h>
#include <linux/module.h>

static int preserve(struct liveupdate_flb_op_args *args)
{
	pr_info("liveupdate test: unasked: preserve\n");
	args->data = 1;
	return 0;
}

static void unpreserve(struct liveupdate_flb_op_args *args)
{
	pr_info("liveupdate test: unasked: unpreserve\n");
}

static int retrieve(struct liveupdate_flb_op_args *args)
{
	pr_info("liveupdate test: unasked: retrieve\n");
	args->obj = (void *)1;
	return 0;
}

static void finish(struct liveupdate_flb_op_args *args)
{
	pr_info("liveupdate test: unasked: finish\n");
}

static const struct liveupdate_flb_ops operations = {
	.preserve = preserve,
	.unpreserve = unpreserve,
	.retrieve = retrieve,
	.finish = finish,
	.owner = THIS_MODULE,
};

static struct liveupdate_flb flb = { .ops = &operations, .compatible = "unasked" };

/* Of functions that are not exported a probe knows the address. */
static void *address(const char *name)
{
	struct kprobe probe = { .symbol_name = name };
	void *found;

	if (register_kprobe(&probe))
		return NULL;
	found = probe.addr;
	unregister_kprobe(&probe);
	return found;
}

static int __init unasked_init(void)
{
	unsigned long (*lookup)(const char *name) = address("kallsyms_lookup_name");
	int (*registering)(struct liveupdate_file_handler *handler, struct liveupdate_flb *flb);
	struct liveupdate_file_handler *handler;

	if (!lookup)
		return -ENOENT;
	registering = (void *)lookup("liveupdate_register_flb");
	handler = (void *)lookup("memfd_luo_handler");
	return registering && handler ? registering(handler, &flb) : -ENOENT;
}

module_init(unasked_init);
MODULE_DESCRIPTION("An FLB of memfd files that nobody asks for");
MODULE_LICENSE("GPL");
