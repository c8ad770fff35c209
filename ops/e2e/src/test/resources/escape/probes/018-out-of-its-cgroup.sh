# promise: A step has no device and no switch of the kernel.
for f in $(find /sys/fs/cgroup -name cgroup.procs 2>/dev/null | head -20); do
  (echo $$ >"$f") 2>/dev/null && escaped "moved itself to $f"
done
mkdir /sys/fs/cgroup/x 2>/dev/null && escaped "made a cgroup"
find /sys/fs/cgroup -name release_agent -writable 2>/dev/null | grep -q . && escaped "may write a release agent"
