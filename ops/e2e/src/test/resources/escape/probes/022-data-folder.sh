# promise: A step reads nothing that is not its business.
ls -A "$DATA" 2>/dev/null | grep -q . && escaped "lists the data folder"
cat "$DATA/operator.token" "$DATA/node.json" 2>/dev/null | grep -q . && escaped "reads the operator's token"
find / -xdev \( -name operator.token -o -name 'muster.mv.db' -o -name node.json \) -size +0 2>/dev/null | grep -v "^/usr/lib\|^/usr/share" | while read -r f; do
  head -c1 "$f" 2>/dev/null | grep -q . && escaped "reads $f"
done
