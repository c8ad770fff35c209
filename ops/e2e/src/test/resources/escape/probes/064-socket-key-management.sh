# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 15, 3, 2)) { print "ESCAPED: made a socket of key-management\n" }'
