# promise: A step changes nothing but its workspace.
for f in /muster/script "$MUSTER_INPUTS" /muster; do
  chmod -R u+w "$f" 2>/dev/null && (echo evil >>"$f") 2>/dev/null && escaped "changed $f"
  rm -rf "$f" 2>/dev/null; [ -e "$f" ] || escaped "removed $f"
done
(echo x >"$MUSTER_INPUTS/x") 2>/dev/null && escaped "added an input"
