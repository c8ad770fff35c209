# promise: Nothing outlives its step.
for i in 1 2 3; do (setsid nohup sleep "$MARK" >/dev/null 2>&1 &); done
(trap '' TERM HUP INT QUIT; setsid sleep "$MARK" >/dev/null 2>&1 &)
env -i setsid sh -c "exec sleep $MARK" >/dev/null 2>&1 &
disown -a
