# promise: A step reaches no part of the kernel that ordinary programs do not need.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
perl -e "$CALL"'for my $n (425, 426, 427) { my $r = call($n, 0, 0, 0, 0, 0, 0); my $e = $! + 0; print "ESCAPED: call $n, errno $e\n" unless $r < 0 && ($e == 1 || $e == 38) }'
