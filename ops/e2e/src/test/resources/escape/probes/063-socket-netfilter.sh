# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 16, 3, 12)) { print "ESCAPED: made a socket of netfilter\n" }'
