# promise: A step is bounded in what it takes of the machine.
# needs: perl
perl -e 'my @f; while (open(my $f, "<", "/dev/null")) { push @f, $f; last if @f > 200000 } print "ESCAPED: 200,000 open files\n" if @f > 200000'
