# promise: A step is bounded in what it takes of the machine.
# needs: perl
# ends: killed
perl -e 'for my $d (0 .. 99) { mkdir "d$d"; for my $i (0 .. 499) { open(my $f, ">", "d$d/$i"); } select(undef, undef, undef, 0.05) }'
sleep 1
[ "$(find . 2>/dev/null | head -30000 | wc -l)" -lt 30000 ] || escaped "more than 30,000 files, with a limit of 20,000"
