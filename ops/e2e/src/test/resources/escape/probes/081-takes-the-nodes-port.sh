# promise: A permit for the network never reaches a node.
# needs: perl
# fence: operation=network_read network=true
perl -MSocket -e 'for my $a (INADDR_ANY, INADDR_LOOPBACK) { socket(my $s, AF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1); setsockopt($s, SOL_SOCKET, 15, 1);
  print "ESCAPED: listens on the port of the API\n" if bind($s, pack_sockaddr_in($ARGV[0], $a)) && listen($s, 5) }' "$API_PORT"
