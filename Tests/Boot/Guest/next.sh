#!/bin/sh
# The next kernel's init: says that it runs, and with which processors.
/bin/busybox mkdir -p /proc
/bin/busybox mount -t proc proc /proc
echo "@@ processors $(/bin/busybox grep -c ^processor /proc/cpuinfo)"
echo "@@ recorded"
/bin/busybox poweroff -f
