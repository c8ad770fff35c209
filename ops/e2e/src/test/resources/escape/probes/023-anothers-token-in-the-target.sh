# promise: A step reads nothing that is not its business.
cat "$MUSTER_TARGET/.muster/operator.token" "$MUSTER_TARGET/way-out/secret" "$MUSTER_TARGET/way-out/../t/.muster/operator.token" 2>/dev/null
[ -s "$MUSTER_TARGET/.muster/operator.token" ] && head -c1 "$MUSTER_TARGET/.muster/operator.token" 2>/dev/null | grep -q . && escaped "reads the token of another node"
