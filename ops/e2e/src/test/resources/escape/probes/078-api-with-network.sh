# promise: A permit for the network never reaches a node.
# fence: operation=network_read network=true
for h in 127.0.0.1 ::1 localhost 0.0.0.0 127.0.0.2 127.1.2.3 ::ffff:127.0.0.1; do
  (exec 3<>"/dev/tcp/$h/$API_PORT") 2>/dev/null && escaped "a permit for the network reached the API at $h"
done
