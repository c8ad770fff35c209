# promise: A step has no device and no switch of the kernel.
for f in /proc/1/oom_score_adj /proc/self/oom_score_adj; do
  (echo -1000 >"$f") 2>/dev/null && escaped "will not be killed for memory: $f"
done
