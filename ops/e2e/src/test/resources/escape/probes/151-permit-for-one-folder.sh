# promise: A permit opens what it names, and nothing beside it.
# fence: operation=publish writes="rel"
echo done >"$MUSTER_TARGET/rel/did" || untried "the permit does not work"
for f in "$MUSTER_TARGET/readme.txt" "$MUSTER_TARGET/x" "$MUSTER_TARGET/rel/../x" "$OUTSIDE/keep" "$MUSTER_TARGET/.muster/x"; do
  (: >>"$f") 2>/dev/null && escaped "wrote $f"
done
ln -s "$OUTSIDE" "$MUSTER_TARGET/rel/l" 2>/dev/null; (: >>"$MUSTER_TARGET/rel/l/keep") 2>/dev/null && escaped "wrote through a link it made"
rm -f "$MUSTER_TARGET/rel/l"
mv "$MUSTER_TARGET/rel" "$MUSTER_TARGET/rel2" 2>/dev/null && escaped "renamed the folder it was given"
#--- host
[ -e "$TARGET/rel/x" ] && escaped "something else is there"
[ -e "$TARGET/x" ] && escaped "wrote beside it"
true
