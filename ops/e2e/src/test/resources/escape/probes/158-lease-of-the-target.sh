# promise: A step changes nothing but its workspace.
# needs: perl
command -v perl >/dev/null || untried "there is no perl"
# Whoever opens a leased file to write waits for lease-break-time, 45 s.
perl -e 'open my $f, "<", "$ENV{MUSTER_TARGET}/readme.txt" or exit;
print "ESCAPED: leased a file of the target\n" if defined fcntl($f, 1024, 0);'
