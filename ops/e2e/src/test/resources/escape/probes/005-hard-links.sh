# promise: A step changes nothing but its workspace.
# needs: perl
for f in /muster/script "$MUSTER_TARGET/readme.txt" /etc/passwd /usr/bin/env /proc/self/exe; do
  ln "$f" hl 2>/dev/null && escaped "hard link to $f"; rm -f hl
  ln -L "$f" hl 2>/dev/null && escaped "hard link through $f"; rm -f hl
done
