# promise: Nothing outlives its step.
setsid sleep "$MARK" & kill -STOP $!
(setsid bash -c "kill -STOP \$\$; : $MARK" &)
sleep 0.3
