# promise: A step changes nothing but its workspace.
# deliverable: out/keep l2
ln -s "$OUTSIDE/keep" l; (echo evil >l) 2>/dev/null
ln -s "$OUTSIDE" dir; (echo evil >dir/keep) 2>/dev/null
ln -s "$OUTSIDE" out
ln -s "/proc/self/root$OUTSIDE/keep" l2; (echo evil >l2) 2>/dev/null
ln -s "/proc/1/root$OUTSIDE/keep" l3; (echo evil >l3) 2>/dev/null
#--- host
[ "$(cat "$OUTSIDE/keep")" = keep ] || escaped "a file outside changed"
find "$DELIVERED" -name keep 2>/dev/null | grep -q . && escaped "a file behind a link was delivered"
