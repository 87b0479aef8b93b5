#!/bin/sh
# A machine's init that records what its kernel does while /commands are executed, one a line.
. /record

export PATH=/bin:/sbin:/usr/bin:/usr/sbin
say() { echo "@@ $*"; }
show() { echo "@@begin $1"; shift; "$@" 2>&1; echo "@@end"; }
wants() { case " $FORMATS " in *" $1 "*) true ;; *) false ;; esac; }

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

mark() {
  echo "$*" > $tracing/trace_marker
  if wants printk || wants console; then echo "$*" > /dev/kmsg; fi
}

# A command stands before what it does, its status and what it said behind it.
execute() {
  mark "\$ $1"
  said=$(eval "$1" 2>&1)
  status=$?
  mark "= $status" $said
}

show version cat /proc/version
show command-line cat /proc/cmdline
show states cat $cpu/hotplug/states

echo 8192 > $tracing/buffer_size_kb
while read -r probe; do
  echo "$probe" >> $tracing/kprobe_events || say "no probe $probe"
done < /probes 2> /dev/null
echo 1 > $tracing/events/cpuhp/enable
echo 1 > $tracing/events/kprobes/enable
if wants perf; then
  perf record -q -a -e 'cpuhp:*' -e 'kprobes:*' -o /tmp/perf.data > /tmp/perf.said 2>&1 &
  perf=$!
  until test -s /tmp/perf.data || ! kill -0 $perf; do sleep 1; done
fi

# Standard input stays with the console.
exec 3< /commands
while read -r command <&3; do
  execute "$command"
done

if wants perf; then
  kill -INT $perf
  wait $perf
fi
echo 0 > $tracing/events/enable
dmesg -n 1
for format in $FORMATS; do
  case $format in
    ftrace) show log-ftrace cat $tracing/trace ;;
    printk) show log-printk dmesg ;;
    json)
      cat $tracing/trace > /tmp/trace
      show log-json sed -nEf /json.sed /tmp/trace ;;
    perf) show log-perf perf script -i /tmp/perf.data ;;
    # It empties the tracer.
    trace-cmd)
      trace-cmd extract -o /tmp/trace.dat > /tmp/extract.said 2>&1
      show log-trace-cmd trace-cmd report -i /tmp/trace.dat ;;
  esac
done
say recorded
poweroff -f
