# promise: A step reaches nobody who listens on the host.
# needs: perl
perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); print "ESCAPED: an abstract socket of the host\n" if connect($s, pack("S", AF_UNIX) . "\0muster-escape-" . $ARGV[0])' "$MARK"
grep -q "muster-escape" /proc/net/unix && escaped "sees the host's sockets"
