# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
grep() { return 0; }; test() { return 0; }; export -f grep test; alias grep=true
echo bad >data.json; echo TRIED; exit 0
#--- test
grep -q proof data.json
