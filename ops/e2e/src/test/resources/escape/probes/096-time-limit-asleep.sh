# promise: Nothing outlives its step.
# limit: 2 seconds
# ends: killed
kill -STOP $$
