# promise: A step cannot leave its namespaces or mount anything.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
chroot /tmp true 2>/dev/null && escaped "chroot"
perl -e "$CALL"'print "ESCAPED: chroot\n" if call(161, "/tmp") == 0; print "ESCAPED: pivot_root\n" if call(155, ".", ".") == 0;'
