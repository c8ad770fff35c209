# promise: A step is bounded in what it takes of the machine.
# needs: perl
truncate -s 1T out.txt 2>/dev/null && escaped "a file of a terabyte"
(ulimit -f unlimited) 2>/dev/null && escaped "raised its limit"
perl -e '$SIG{XFSZ} = "IGNORE"; open(F, ">", "big"); seek(F, 2 << 30, 0); print F "x"; close F' 2>/dev/null
[ "$(stat -c %s big 2>/dev/null || echo 0)" -lt 1200000000 ] || escaped "a file of 2 GiB"
rm -f big out.txt
