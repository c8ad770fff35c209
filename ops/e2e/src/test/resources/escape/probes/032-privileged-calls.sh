# promise: A step has no privilege and can gain none.
# needs: perl
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
perl -e "$CALL"'
my %c = (setuid => [105, 0], setgid => [106, 0], setgroups => [116, 0, 0], setresuid => [117, 0, 0, 0], iopl => [172, 3], ioperm => [173, 0, 10, 1],
  settimeofday => [164, pack("qq", time, 0), 0], clock_settime => [227, 0, pack("qq", time, 0)], sethostname => [170, "muster", 6], setdomainname => [171, "(none)", 6],
  swapoff => [168, "/x"], acct => [163, 0], reboot => [169, 0xfee1dead, 672274793, 0], vhangup => [153], nice => [141, 0, 0, -5],
  fifo => [144, 0, 1, pack("i", 50)], mlockall => [151, 8]);
my %harmless = (mlockall => 1);
delete $c{setgid} if $( == 0;
for my $n (sort keys %c) { next if $harmless{$n}; my ($s, @a) = @{$c{$n}}; print "ESCAPED: $n\n" if call($s, @a) == 0 }'
setfattr -n security.capability -v 0sAQAAAgAgAAAAAAAAAAAAAAAAAAA= out.txt 2>/dev/null && escaped "gave a file capabilities"
prlimit --pid $$ --nofile=1000000:1000000 2>/dev/null && escaped "raised a hard limit"
