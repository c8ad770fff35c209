# promise: A step reads nothing that is not its business.
for d in "$RESULTS" "$WORKFORCE"; do ls -A "$d" 2>/dev/null | grep -q . && escaped "lists $d"; done
