#!/bin/sh
# A machine's init that records what its kernel does while /commands are executed, one a line.
. /record

export PATH=/bin:/sbin:/usr/bin:/usr/sbin
say() { echo "@@ $*"; }
show() { echo "@@begin $1"; shift; "$@" 2>&1; echo "@@end"; }

/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mount -t tracefs tracing /sys/kernel/tracing
cpu=/sys/devices/system/cpu
tracing=/sys/kernel/tracing

# What commands call: the number of a step of this kernel, by its name.
step() { sed -n "s|^ *\([0-9]*\): $1\$|\1|p" $cpu/hotplug/states; }

# A command stands before what it does, with what it said behind it.
execute() {
  mark "\$ $1"
  said=$(eval "$1" 2>&1)
  mark "= $? $said"
}
if test "$FORMAT" = printk; then
  mark() { echo "$*" > /dev/kmsg; }
else
  mark() { echo "$*" > $tracing/trace_marker; }
fi

show version cat /proc/version
show command-line cat /proc/cmdline
show states cat $cpu/hotplug/states

echo 8192 > $tracing/buffer_size_kb
while read -r probe; do
  echo "$probe" >> $tracing/kprobe_events || say "no probe $probe"
done < /probes 2> /dev/null
echo 1 > $tracing/events/cpuhp/enable
echo 1 > $tracing/events/kprobes/enable

# Standard input stays with the console.
exec 3< /commands
while read -r command <&3; do
  execute "$command"
done

echo 0 > $tracing/events/enable
dmesg -n 1
if test "$FORMAT" = printk; then
  show log dmesg
else
  show log cat $tracing/trace
fi
say recorded
poweroff -f
