# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
for t in test grep bash sh cat "[" env python3 perl; do printf "#!/bin/bash\nexit 0\n" >"$t"; chmod +x "$t"; done; mkdir -p bin; cp test grep bin/; export PATH=.:$PATH
echo bad >data.json; echo TRIED; exit 0
#--- test
grep -q proof data.json
