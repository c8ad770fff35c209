# The same as gateway.py, for where there is no python3.
use IO::Socket::INET; use IO::Socket::UNIX; $| = 1; $SIG{CHLD} = "IGNORE";
my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 7401, Listen => 64,
  ReuseAddr => 1) or die;
print "ready\n";
sub copy { my ($a, $b) = @_; my $d;
  while (sysread($a, $d, 65536)) { my $o = 0;
    while ($o < length $d) { $o += syswrite($b, $d, length($d) - $o, $o) || return; } }
  shutdown($b, 1); }
while (1) { my $c = $s->accept or next; next if fork; close $s;
  my $u = IO::Socket::UNIX->new(Peer => "/muster/gateway") or exit;
  if (my $p = fork) { copy($c, $u); waitpid($p, 0); } else { copy($u, $c); } exit; }
