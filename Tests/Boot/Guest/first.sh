#!/bin/sh
# The first kernel's init: says what is reserved, loads the second kernel, and starts it.
. /question

say() { echo "@@ $*"; }
export PATH=/bin:/sbin:/usr/bin:/usr/sbin
show() { echo "@@begin $1"; shift; "$@" 2>&1; echo "@@end"; }

/bin/busybox mkdir -p /proc /sys /dev /room
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev

show first-iomem cat /proc/iomem
show first-meminfo head -n 5 /proc/meminfo
show first-log sh -c "dmesg | grep -Ei '$LOG_LINES'"
say crash-size "$(cat /sys/kernel/kexec_crash_size)"

if test -z "$LOAD"; then
  say only reserved
  poweroff -f
fi

# A file that is added to an archive is its header, its bytes and the trailer. Its zeros are a hole,
# which takes no memory of this kernel.
mount -t tmpfs -o size=100% room /room
cat /second.initrd /padding.header > /room/initrd
if test "$PADDING" != 0; then
  truncate -s $(($(wc -c < /room/initrd) + PADDING)) /room/initrd
  cat /padding.trailer >> /room/initrd
fi
say initrd-bytes "$(wc -c < /room/initrd)"

# Loads it with so many units of zeros behind the initrd, which nothing looks at before it is started.
accepts() {
  truncate -s $((small + $1 * UNIT)) /room/initrd
  said=$(kexec "$SYSCALL" "$LOAD" /vmlinuz --initrd=/room/initrd --append="$APPEND" 2>&1 | tail -n 1)
  loaded=$(cat /sys/kernel/kexec_crash_loaded /sys/kernel/kexec_loaded | tr -d '\n')
  test "$loaded" != 00 && say accepts $((small + $1 * UNIT)) || say refuses $((small + $1 * UNIT)) "$said"
  if test "$LOAD" = -p; then kexec -p -u; else kexec -u; fi 2> /dev/null
  test "$loaded" != 00
}
if test "$BOUNDARY" = True; then
  small=$(wc -c < /room/initrd)
  least=0
  most=$((MOST / UNIT))
  accepts "$least" && ! accepts "$most" && while test $((most - least)) -gt 1; do
    middle=$(((least + most) / 2))
    if accepts "$middle"; then least=$middle; else most=$middle; fi
  done
  say bounded
  poweroff -f
fi

show kexec kexec -d "$SYSCALL" "$LOAD" /vmlinuz --initrd=/room/initrd --append="$APPEND"
show kexec-log sh -c "dmesg | grep -E 'kexec.*(Loaded|egment|failed|Crash PT_LOAD|Created)' | tail -n 40"
say loaded "$(cat /sys/kernel/kexec_crash_loaded) $(cat /sys/kernel/kexec_loaded)"
case "$(cat /sys/kernel/kexec_crash_loaded)$(cat /sys/kernel/kexec_loaded)" in
  00) say refused; poweroff -f ;;
esac
say starts
# The console has to have said it.
sleep 1
if test "$LOAD" = -p; then echo c > /proc/sysrq-trigger; else kexec -e; fi
say did not start
poweroff -f
