# promise: A test has no permit.
touch out.txt
#--- test
if (: >>"$MUSTER_TARGET/readme.txt") 2>/dev/null; then echo "ESCAPED: a test writes the target"; fi
if [ "$(grep -vc 'lo:\|Inter\|face' /proc/net/dev)" != 0 ]; then echo "ESCAPED: a test has a network"; fi
if [ "$(id -u)" = 0 ]; then echo "ESCAPED: a test is root"; fi
if grep -q '^CapEff:.*[1-9a-f]' /proc/self/status; then echo "ESCAPED: a test has capabilities"; fi
test -e out.txt
