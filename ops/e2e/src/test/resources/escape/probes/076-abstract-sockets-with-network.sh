# promise: A step reaches nobody who listens on the host.
# needs: perl
# fence: operation=network_read network=true
perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); print "ESCAPED: an abstract socket of the host, by a permit for the network\n" if connect($s, pack("S", AF_UNIX) . "\0muster-escape-" . $ARGV[0])' "$MARK"
