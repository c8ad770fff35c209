# promise: A permit for the network never reaches a node.
# fence: operation=network_read network=true
for h in $(awk '/32 host/ {print f} {f = $2}' /proc/net/fib_trie 2>/dev/null | sort -u); do
  for port in "$API_PORT" $NODE_PORT; do
    (exec 3<>"/dev/tcp/$h/$port") 2>/dev/null && escaped "reached port $port at $h"
  done
done
