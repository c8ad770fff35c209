# promise: A permit opens what it names, and nothing beside it.
# fence: operation=publish writes="rel"
cp /usr/bin/id "$MUSTER_TARGET/rel/tool" && chmod 6755 "$MUSTER_TARGET/rel/tool"
#--- host
f=$TARGET/rel/tool
[ -e "$f" ] || exit 0
[ -n "$(find "$f" -perm /6000 -user 0)" ] && escaped "a set-uid file of root in the target"
[ -n "$(find "$f" -perm /6000)" ] && escaped "a set-uid file in the target"
rm -f "$f"
