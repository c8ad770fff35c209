# promise: A step reaches nobody who listens on the host.
# needs: perl
[ -S "$MUSTER_TARGET/orders.sock" ] && perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); print "ESCAPED: a socket file of the target\n" if connect($s, pack_sockaddr_un("$ENV{MUSTER_TARGET}/orders.sock"))'
perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_DGRAM, 0); for (glob("/run/*.sock /run/*/*.sock /var/run/*.sock /tmp/.X11-unix/* /dev/log")) { print "ESCAPED: $_\n" if connect($s, pack_sockaddr_un($_)) }'
