# promise: Nothing outlives its step.
(setsid nohup bash -c 'i=0; while [ $i -lt 100 ]; do date +%N >>grows; i=$((i+1)); sleep 0.1; done' >/dev/null 2>&1 &)
sleep 0.3
#--- host
f=$(find "$ATTEMPT" -name grows 2>/dev/null | head -1)
[ -n "$f" ] || exit 0
a=$(wc -c <"$f"); sleep 0.7; [ "$a" = "$(wc -c <"$f")" ] || escaped "it still writes into its workspace"
