# promise: A step is bounded in what it takes of the machine.
# ends: killed
for i in 3 4 5 6 7 8 9; do eval "exec $i>gone; rm gone; head -c 150M /dev/zero >&$i" 2>/dev/null; done
sleep 1.5
n=$(for f in /proc/$$/fd/*; do stat -L -c %b "$f" 2>/dev/null; done | awk '{s += $1} END {printf "%d", s / 2048}')
[ "${n:-0}" -lt 1000 ] || escaped "holds $n MiB in files that have no name, with a limit of 300"
