# promise: A step reaches no part of the kernel that ordinary programs do not need.
grep -q '^Seccomp:.*2' /proc/self/status || escaped "no filter of system calls"
