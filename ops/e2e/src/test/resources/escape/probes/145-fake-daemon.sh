# promise: What the runtime proves, no file of the worker can fake.
# needs: perl
# deliverable: data.json
# verdict: not proven
(setsid nohup perl -MIO::Socket::INET -e 'my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 18080, Listen => 5, ReuseAddr => 1); while (my $c = $l->accept) { print $c "proof\n"; close $c }' >/dev/null 2>&1 &); sleep 0.4
echo bad >data.json; echo TRIED; exit 0
#--- test
exec 3<>/dev/tcp/127.0.0.1/18080; grep -q proof <&3
