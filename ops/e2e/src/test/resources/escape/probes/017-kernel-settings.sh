# promise: A step has no device and no switch of the kernel.
for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sys/kernel/hostname /proc/sys/vm/drop_caches \
  /proc/sys/kernel/randomize_va_space /proc/sysrq-trigger /proc/sys/fs/binfmt_misc/register /sys/kernel/uevent_helper \
  /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups /proc/sys/net/ipv4/ip_forward; do
  # Opened for appending and not written, so that a host where this fails is not changed.
  (: >>"$f") 2>/dev/null || continue
  case $f in */uid_map | */gid_map | */setgroups) (echo x >"$f") 2>/dev/null && escaped "wrote $f" ;; *) escaped "opened $f" ;; esac
done
