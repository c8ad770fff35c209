# promise: A step is bounded in what it takes of the machine.
# ends: killed
for d in /tmp /dev/shm; do
  head -c 1300M /dev/zero 2>/dev/null >"$d/big" && escaped "1300 MiB in $d"
  rm -f "$d/big"
done
