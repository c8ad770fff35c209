# promise: Nothing outlives its step.
# where: none cgroup
for i in 1 2; do (setsid nohup sleep "$MARK" >/dev/null 2>&1 &); done
env -i setsid sh -c "exec sleep $MARK" >/dev/null 2>&1 &
(trap '' TERM HUP INT; env -i setsid sleep "$MARK" >/dev/null 2>&1 &)
