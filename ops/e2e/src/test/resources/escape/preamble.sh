set +e +o pipefail
WORK=$PWD
escaped() { printf 'ESCAPED: %s\n' "$*"; }
untried() { printf 'UNTRIED: %s\n' "$*"; }
tried() { cd "$WORK" || exit 1; touch out.txt 2>/dev/null; echo TRIED; exit 0; }
# Perl takes no literals for the arguments of a system call.
CALL='sub call { my ($n, @a) = @_; push @a, 0 while @a < 6; syscall($n, $a[0], $a[1], $a[2], $a[3], $a[4], $a[5]) } '
echo BEGUN
