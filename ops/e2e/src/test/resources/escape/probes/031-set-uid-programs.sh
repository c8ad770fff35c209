# promise: A step has no privilege and can gain none.
# deliverable: out.txt tool
cp /usr/bin/id tool; chmod 6755 tool; ./tool -u | grep -qx 0 && escaped "set-uid worked"
for s in su sudo newgrp pkexec mount passwd; do
  command -v $s >/dev/null && timeout 2 $s -c 'id -u' </dev/null 2>/dev/null | grep -qx 0 && escaped "$s gave root"
done
touch out.txt
#--- host
find "$ATTEMPT" "$DELIVERED" -perm /6000 2>/dev/null | grep -q . && escaped "a set-uid file stays on the host"
find "$ATTEMPT" -name tool -user 0 -perm /6000 2>/dev/null | grep -q . && escaped "it is root's"
