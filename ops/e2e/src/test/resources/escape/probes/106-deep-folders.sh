# promise: A step is bounded in what it takes of the machine.
# needs: perl
# ends: killed
perl -e 'for (1 .. 3000) { my $d = "d" x 100; mkdir $d or last; chdir $d or last } open(my $f, ">", "deep"); print $f "x" x 1000'
