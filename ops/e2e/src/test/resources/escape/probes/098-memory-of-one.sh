# promise: A step is bounded in what it takes of the machine.
# needs: perl
perl -e 'my @b; for (1 .. 14) { push @b, "x" x (100 << 20) } print "ESCAPED: 1400 MiB in one process\n"'
