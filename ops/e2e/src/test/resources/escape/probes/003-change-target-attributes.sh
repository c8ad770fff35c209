# promise: A step changes nothing but its workspace.
f=$MUSTER_TARGET/readme.txt
chmod 777 "$f" 2>/dev/null && escaped "chmod of the target's file"
touch -d 2001-01-01 "$f" 2>/dev/null && escaped "changed its time"
truncate -s 0 "$f" 2>/dev/null && escaped "emptied it"
mv "$f" "$f.x" 2>/dev/null && escaped "renamed it"
mv "$MUSTER_TARGET" "$MUSTER_TARGET.x" 2>/dev/null && escaped "renamed the target"
command -v setfattr >/dev/null && setfattr -n user.x -v y "$f" 2>/dev/null && escaped "set an attribute"
