# promise: A step cannot leave its namespaces or mount anything.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
perl -e "$CALL"'for my $pid (1, $$) { for my $n (qw(mnt user net pid ipc uts cgroup time)) {
  open(my $f, "<", "/proc/$pid/ns/$n") or next;
  print "ESCAPED: setns $n of $pid\n" if call(308, fileno($f), 0) == 0 } }'
nsenter -t 1 -m true 2>/dev/null && escaped "nsenter"
