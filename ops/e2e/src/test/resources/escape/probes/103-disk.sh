# promise: A step is bounded in what it takes of the machine.
# ends: killed
i=0; while [ $i -lt 12 ]; do fallocate -l 100M "big$i" 2>/dev/null || head -c 100M /dev/zero >"big$i" || break; i=$((i+1)); sleep 0.4; done
n=$(du -sm . 2>/dev/null | cut -f1)
[ "${n:-0}" -lt 1000 ] || escaped "holds $n MiB, with a limit of 300"
