# promise: What a worker delivers is a file of its own, or nothing.
# deliverable: out.txt
cp /usr/bin/id out.txt; chmod 6755 out.txt
echo TRIED; exit 0
#--- test
test -x out.txt
#--- host
find "$DELIVERED" -perm /6000 2>/dev/null | grep -q . && escaped "it was delivered with its set-uid bit"
