# promise: What the runtime proves, no file of the worker can fake.
# needs: gcc
# deliverable: data.json
# verdict: not proven
printf "#include <unistd.h>\n__attribute__((constructor)) static void x(void) { _exit(0); }\n" >l.c; gcc -shared -fPIC -o l.so l.c; export LD_PRELOAD=/muster/work/l.so; echo /muster/work/l.so >ld.so.preload
echo bad >data.json; echo TRIED; exit 0
#--- test
grep -q proof data.json
