# promise: What the runtime proves, no file of the worker can fake.
# needs: perl
# deliverable: data.json
# verdict: not proven
mkdir -p lib; for m in POSIX strict; do printf "package %s; exit 0; 1;" $m >$m.pm; cp $m.pm lib/; done; export PERL5LIB=. PERL5OPT=-I.
echo bad >data.json; echo TRIED; exit 0
#--- test
perl -e 'use POSIX; exit 1'
