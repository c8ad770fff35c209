# promise: What a worker delivers is a file of its own, or nothing.
# deliverable: out.txt
# verdict: not proven
rm -rf out.txt
ln -s "$DATA/operator.token" out.txt
echo TRIED; exit 0
#--- test
true; test 1 = 1
#--- host
grep -rqF "$SECRET" "$DELIVERED" 2>/dev/null && escaped "a secret was delivered"
find "$DELIVERED" \( -type l -o -type p -o -type s -o -type b -o -type c -o -perm /6000 \) 2>/dev/null | grep . | head -1 | while read -r f; do escaped "delivered $f"; done
