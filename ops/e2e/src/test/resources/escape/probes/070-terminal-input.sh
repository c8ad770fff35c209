# promise: A step cannot speak for the operator.
# needs: perl
perl -e 'for my $f ("/dev/tty", "/dev/stdin", "/proc/self/fd/0", "/proc/self/fd/2", "/dev/console", "/dev/pts/0") {
  open(my $t, "+<", $f) or next;
  my $x = "x"; print "ESCAPED: put input into the terminal $f\n" if ioctl($t, 0x5412, $x);
  my $y = "\3"; print "ESCAPED: pasted into the console $f\n" if ioctl($t, 0x541C, $y) }'
