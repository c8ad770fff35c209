# promise: What the runtime proves, no file of the worker can fake.
# needs: python3
# deliverable: data.json
# verdict: not proven
printf "def load(f): return {\"ok\": True}\nloads = load\n" >json.py
echo bad >data.json; echo TRIED; exit 0
#--- test
python3 -c 'import json; assert json.load(open("data.json"))["ok"]'
