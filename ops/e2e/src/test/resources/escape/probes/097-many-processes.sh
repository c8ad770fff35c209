# promise: A step is bounded in what it takes of the machine.
# where: sandbox cgroup
# ends: killed
for i in $(seq 400); do (exec sleep 20) 2>/dev/null & done 2>/dev/null
sleep 1
n=$(ls -d /proc/[0-9]* | wc -l)
[ "$n" -lt 300 ] || escaped "$n processes at once"
kill $(jobs -p) 2>/dev/null
