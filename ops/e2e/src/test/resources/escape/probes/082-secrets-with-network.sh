# promise: A step reads nothing that is not its business.
# fence: operation=network_read network=true
cat "$OUTSIDE/secret" "$OPERATOR_HOME/.ssh/id_canary" "$DATA/operator.token" 2>/dev/null
(: >>"$MUSTER_TARGET/readme.txt") 2>/dev/null && escaped "a permit for the network writes the target"
grep -q '^CapEff:.*[1-9a-f]' /proc/self/status && escaped "a permit for the network gives capabilities"
