# promise: A step reaches no part of the kernel that ordinary programs do not need.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
# The x32 numbers: a filter that compares numbers only lets them through.
perl -e "$CALL"'my $r = call(0x40000000 | 39); print "ESCAPED: getpid by its x32 number\n" if $r > 0;
$r = call(0x40000000 | 272, 0x10000000); print "ESCAPED: unshare by its x32 number\n" if $r == 0;'
