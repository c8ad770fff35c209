# promise: A step reaches nobody who listens on the host.
if [ -p "$MUSTER_TARGET/orders.fifo" ]; then
  timeout 2 bash -c 'echo order >"$MUSTER_TARGET/orders.fifo"' 2>/dev/null && escaped "gave an order through a pipe of the target"
fi
