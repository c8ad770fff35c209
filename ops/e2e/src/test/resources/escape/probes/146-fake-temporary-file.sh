# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
echo proof >/tmp/proof; echo proof >/dev/shm/proof; mkdir -p "$HOME"; echo proof >"$HOME/proof"
echo bad >data.json; echo TRIED; exit 0
#--- test
grep -q proof /tmp/proof || grep -q proof /dev/shm/proof || grep -q proof "$HOME/proof"
