# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 38, 5, 0)) { print "ESCAPED: made a socket of kernel-crypto\n" }'
