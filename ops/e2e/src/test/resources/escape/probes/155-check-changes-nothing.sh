# promise: A permit opens what it names, and nothing beside it.
# fence: operation=publish writes="rel" check="touch rel/by-check readme.txt"
true
#--- host
[ -e "$TARGET/rel/by-check" ] && escaped "a check wrote the target"
true
