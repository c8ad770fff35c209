# promise: A step is bounded in what it takes of the machine.
# where: sandbox
# needs: perl
# ends: killed
for i in 1 2 3; do perl -e 'my $b = "x" x (600 << 20); open(my $f, ">", "big$ARGV[0]"); print $f "x"; close $f; sleep 4' $i & done
sleep 2.5
[ "$(ls big* 2>/dev/null | wc -l)" = 3 ] && escaped "1800 MiB in three processes"
wait
