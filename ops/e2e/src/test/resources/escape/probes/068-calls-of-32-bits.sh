# promise: A step reaches no part of the kernel that ordinary programs do not need.
# needs: gcc
[ "$(uname -m)" = x86_64 ] || untried "system calls are numbered for x86-64"
cat >c.c <<'C'
#include <stdio.h>
#include <sys/mman.h>
int main(void) {
  long r;
  __asm__ volatile("int $0x80" : "=a"(r) : "a"(310), "b"(0x10000000) : "memory");
  if (r == 0) printf("ESCAPED: unshare through the door of 32 bits\n");
  __asm__ volatile("int $0x80" : "=a"(r) : "a"(20) : "memory");
  if (r > 0) printf("ESCAPED: the door of 32 bits is open\n");
  return 0;
}
C
gcc -o c c.c 2>/dev/null || untried "no C compiler works in the sandbox"
./c
