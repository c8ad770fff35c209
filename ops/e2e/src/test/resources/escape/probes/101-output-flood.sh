# promise: A step is bounded in what it takes of the machine.
# ends: killed
head -c 1300M /dev/zero | tr '\0' x
escaped "printed 1300 MiB"
#--- host
[ "$(find "$ATTEMPT" -name '*.log' -size +40M | wc -l)" = 0 ] || escaped "the flood is on the disk"
