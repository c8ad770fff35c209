# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 29, 3, 1)) { print "ESCAPED: made a socket of can\n" }'
