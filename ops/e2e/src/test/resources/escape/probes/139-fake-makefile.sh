# promise: What the runtime proves, no file of the worker can fake.
# needs: make
# deliverable: data.json
# verdict: not proven
printf "check:\n\t@true\n" >Makefile; printf "check:\n\t@true\n" >GNUmakefile
echo bad >data.json; echo TRIED; exit 0
#--- test
make -s check
