# promise: A step cannot leave its namespaces or mount anything.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
perl -e "$CALL"'
for my $f (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000) {
  if (call(272, $f) == 0) { printf "ESCAPED: unshare 0x%x\n", $f; exit }
  my $pid = call(56, $f | 17, 0, 0, 0, 0);
  if ($pid == 0) { call(60, 0) }
  if ($pid > 0) { printf "ESCAPED: clone 0x%x\n", $f; waitpid($pid, 0) }
}
my $args = pack("Q11", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0);
my $pid = call(435, $args, 88);
if ($pid == 0) { call(60, 0) }
print "ESCAPED: clone3 with a user namespace\n" if $pid > 0;'
