#!/bin/sh
# A machine's init that records what its kernel does while run.sh executes commands.
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
tracing=/sys/kernel/tracing

show version cat /proc/version
show command-line cat /proc/cmdline
show states cat /sys/devices/system/cpu/hotplug/states

echo 8192 > $tracing/buffer_size_kb
while read -r probe; do
  echo "$probe" >> $tracing/kprobe_events || say "no probe $probe"
done < /probes 2> /dev/null
echo 1 > $tracing/events/cpuhp/enable
echo 1 > $tracing/events/kprobes/enable

case " $FORMATS " in
  *" perf "*)
    # It has its events before it starts a program.
    show perf perf record -a -e 'cpuhp:*' -e 'kprobes:*' -o /tmp/perf.data -- sh /run.sh ;;
  *) sh /run.sh ;;
esac

echo 0 > $tracing/events/enable
dmesg -n 1
for format in $FORMATS; do
  case $format in
    ftrace) show log-ftrace cat $tracing/trace ;;
    printk) show log-printk dmesg ;;
    json)
      cat $tracing/trace > /tmp/trace
      show log-json sed -nEf /json.sed /tmp/trace ;;
    perf) show log-perf perf --no-pager script -i /tmp/perf.data ;;
    # It empties the tracer.
    trace-cmd)
      trace-cmd extract -o /tmp/trace.dat > /tmp/extract.said 2>&1
      show log-trace-cmd trace-cmd report -i /tmp/trace.dat ;;
  esac
done
say recorded
poweroff -f
