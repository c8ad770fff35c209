# promise: Nothing outlives its step.
# limit: 3 seconds
# ends: killed
trap '' TERM HUP INT QUIT
(setsid nohup env -i sleep "$MARK" >/dev/null 2>&1 &)
date +%s >began; while :; do date +%s >>out.txt; sleep 0.2; done
#--- host
f=$(find "$ATTEMPT" -name out.txt 2>/dev/null | head -1)
[ -n "$f" ] || exit 0
[ $(($(tail -1 "$f") - $(head -1 "$f"))) -lt 15 ] || escaped "it ran $(($(tail -1 "$f") - $(head -1 "$f"))) s"
