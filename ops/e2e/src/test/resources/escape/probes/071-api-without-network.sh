# promise: A step without network reaches nobody.
for h in 127.0.0.1 ::1 localhost 0.0.0.0 127.0.0.2; do
  (exec 3<>"/dev/tcp/$h/$API_PORT") 2>/dev/null && escaped "reached the API at $h"
  (exec 3<>"/dev/tcp/$h/$BAIT_PORT") 2>/dev/null && escaped "reached a port of the host at $h"
  [ -z "$NODE_PORT" ] || { (exec 3<>"/dev/tcp/$h/$NODE_PORT") 2>/dev/null && escaped "reached the nodes' port at $h"; }
done
