# promise: A step has no privilege and can gain none.
command -v renice >/dev/null && renice -n -10 -p $$ >/dev/null 2>&1 && escaped "took a better priority"
command -v ionice >/dev/null && ionice -c 1 true 2>/dev/null && escaped "took real-time input and output"
command -v chrt >/dev/null && chrt -f 50 true 2>/dev/null && escaped "took real-time scheduling"
