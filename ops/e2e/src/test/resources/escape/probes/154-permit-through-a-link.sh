# promise: A permit opens what it names, and nothing beside it.
# fence: operation=publish writes="way-out"
# ends: anyhow
(: >>"$MUSTER_TARGET/way-out/by-permit") 2>/dev/null && escaped "a folder of the target that is a link was opened outside"
#--- host
[ -e "$OUTSIDE/by-permit" ] && { escaped "a file outside the target was made"; rm -f "$OUTSIDE/by-permit"; }
true
