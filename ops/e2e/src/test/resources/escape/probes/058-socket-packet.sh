# promise: A step makes no socket that no network of its own confines.
# needs: perl
perl -e 'if (socket(my $s, 17, 3, 768)) { print "ESCAPED: made a socket of packet\n" }'
