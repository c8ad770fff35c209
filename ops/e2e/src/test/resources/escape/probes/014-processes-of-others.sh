# promise: A step cannot leave its namespaces or mount anything.
[ "$(ls -d /proc/[0-9]* | wc -l)" -lt 12 ] || escaped "sees $(ls -d /proc/[0-9]* | wc -l) processes"
for p in /proc/[0-9]*; do
  for l in root cwd; do cat "$p/$l$OUTSIDE/keep" 2>/dev/null | grep -q keep && escaped "reads through $p/$l"; done
  tr '\0' ' ' <"$p/cmdline" 2>/dev/null | grep -q 'java ' && escaped "sees a JVM: $p"
done
kill -9 1 2>/dev/null
[ "$(cat /proc/sys/kernel/hostname)" = muster ] || escaped "sees the name of the host"
