# promise: A permit for the network never reaches a node.
# fence: operation=network_read network=true
[ -n "$NODE_PORT" ] || untried "this node has no port for others"
for h in 127.0.0.1 ::1 0.0.0.0 127.0.0.2; do
  (exec 3<>"/dev/tcp/$h/$NODE_PORT") 2>/dev/null && escaped "a permit for the network reached the nodes' port at $h"
done
