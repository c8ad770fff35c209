# promise: A step has no device and no switch of the kernel.
# needs: perl
dmesg 2>/dev/null | grep -q . && escaped "reads the kernel's log"
grep -qv '^0000000000000000' /proc/kallsyms 2>/dev/null && escaped "sees the kernel's addresses"
head -c1 /proc/kcore >/dev/null 2>&1 && escaped "reads the kernel's memory"
