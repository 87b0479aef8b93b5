#!/bin/sh
# The second kernel's init: says that it is there, and what it has left.
say() { echo "@@ $*"; }
show() { echo "@@begin $1"; shift; "$@" 2>&1; echo "@@end"; }

/bin/busybox mkdir -p /proc /sys /dev
/bin/busybox mount -t proc proc /proc
/bin/busybox --install -s /bin
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev

say up
say padding-bytes "$(cat /padding 2> /dev/null | wc -c)"
show second-meminfo head -n 5 /proc/meminfo
show second-more grep -E 'Shmem:|Percpu|Slab|PageTables' /proc/meminfo
show second-processors cat /sys/devices/system/cpu/possible
show second-iomem cat /proc/iomem
say vmcore "$(test -e /proc/vmcore && wc -c < /dev/null && ls -l /proc/vmcore | cut -c1-80)"
say done
poweroff -f
