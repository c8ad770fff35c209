# promise: A step changes nothing but its workspace.
for p in "$MUSTER_TARGET/x" "$MUSTER_TARGET/readme.txt" "$MUSTER_TARGET/.muster/x" "$MUSTER_TARGET/way-out/keep"; do
  if (echo evil >>"$p") 2>/dev/null; then escaped "wrote $p"; fi
done
rm -rf "$MUSTER_TARGET"/* 2>/dev/null
[ -e "$MUSTER_TARGET/readme.txt" ] || escaped "removed files of the target"
