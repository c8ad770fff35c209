# promise: A step without network reaches nobody.
(echo x >/dev/udp/192.0.2.1/53) 2>/dev/null && escaped "a route out of the machine"
(exec 3<>/dev/tcp/192.0.2.1/80) 2>/dev/null && escaped "a connection out of the machine"
[ "$(grep -vc 'lo:\|Inter\|face' /proc/net/dev)" = 0 ] || escaped "has an interface beside its loopback"
timeout 3 getent hosts example.com 2>/dev/null | grep -q . && escaped "resolves names"
