# promise: A step reaches no part of the kernel that ordinary programs do not need.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
# Refused is EPERM, EACCES, or a call that this kernel does not have.
perl -e "$CALL"'my $b = "\0" x 256; my $r = call(246, 0, 0, 0, 0); my $e = $! + 0;
print "ESCAPED: kexec answers $r, errno $e\n" if $r >= 0 || ($e != 1 && $e != 13 && $e != 38);'
