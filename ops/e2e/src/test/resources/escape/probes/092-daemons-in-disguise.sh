# promise: Nothing outlives its step.
# needs: perl
perl -e 'use POSIX; if (!fork) { POSIX::setsid(); if (!fork) { $SIG{$_} = "IGNORE" for qw(TERM INT HUP PIPE CHLD QUIT USR1);
  %ENV = (); close $_ for (*STDIN, *STDOUT, *STDERR); exec {"/bin/sleep"} "kworker/9", $ARGV[0] } exit } sleep 1' "$MARK"
