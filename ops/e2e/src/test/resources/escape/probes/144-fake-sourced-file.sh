# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
echo "exit 0" >lib.sh
echo bad >data.json; echo TRIED; exit 0
#--- test
. ./lib.sh; grep -q proof data.json
