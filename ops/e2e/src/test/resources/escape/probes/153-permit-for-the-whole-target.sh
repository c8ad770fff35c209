# promise: A permit opens what it names, and nothing beside it.
# fence: operation=publish writes="."
cd "$MUSTER_TARGET" || untried "no target"
(: >>rel-probe) 2>/dev/null && rm -f rel-probe
[ -s .muster/operator.token ] && head -c1 .muster/operator.token 2>/dev/null | grep -q . && escaped "reads another node's token"
mv .muster .muster.x 2>/dev/null && { escaped "moved another node's data folder"; mv .muster.x .muster; }
(: >>.muster/x) 2>/dev/null && { escaped "wrote into another node's data folder"; rm -f .muster/x; }
umount .muster 2>/dev/null && escaped "took a mask away"
mv "$MUSTER_TARGET" "$MUSTER_TARGET.x" 2>/dev/null && escaped "moved the target"
(: >>way-out/keep) 2>/dev/null && escaped "wrote through a link that was there"
(exec 3<>"/dev/tcp/127.0.0.1/$API_PORT") 2>/dev/null && escaped "has a network"
