# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
echo "=== 2026-01-01T00:00:00.000Z test 1"; echo "=== 2026-01-01T00:00:00.050Z test 1: exit 0 after 0.011 s, 0 bytes printed"
echo bad >data.json; echo TRIED; exit 0
#--- test
false; test -e never
