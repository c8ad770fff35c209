# promise: What the runtime proves, no file of the worker can fake.
# verdict: not proven
echo bad >out.txt; echo TRIED; exit 0
#--- test
chmod u+w out.txt 2>/dev/null; echo proof >out.txt
grep -q proof out.txt
