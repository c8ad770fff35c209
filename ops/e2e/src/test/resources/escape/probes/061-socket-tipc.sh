# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 30, 1, 0)) { print "ESCAPED: made a socket of tipc\n" }'
