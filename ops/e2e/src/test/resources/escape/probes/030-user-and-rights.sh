# promise: A step has no privilege and can gain none.
# where: sandbox
[ "$(id -u)" != 0 ] || escaped "is root"
for c in CapEff CapPrm CapInh CapBnd CapAmb; do grep -q "^$c:.*[1-9a-f]" /proc/self/status && escaped "$c is not empty"; done
grep -q '^NoNewPrivs:.*1' /proc/self/status || escaped "may gain privileges"
[ "$(awk '/^Uid/ {print $2}' /proc/self/status)" != 0 ] || escaped "its real user is root"
