#!/bin/sh
# Executes /commands, one a line. Each stands in the log before what it does, its status and what it said
# behind it.
. /record

cpu=/sys/devices/system/cpu
tracing=/sys/kernel/tracing

# What commands call: the number of a step of this kernel, by its name.
step() { sed -n "s|^ *\([0-9]*\): $1\$|\1|p" $cpu/hotplug/states; }

mark() {
  echo "$*" > $tracing/trace_marker
  case " $FORMATS " in *" printk "* | *" console "*) echo "$*" > /dev/kmsg ;; esac
}

# Standard input stays with the console.
exec 3< /commands
while read -r command <&3; do
  mark "\$ $command"
  said=$(eval "$command" 2>&1)
  status=$?
  mark "= $status" $said
done
