# promise: What the runtime proves, no file of the worker can fake.
# needs: python3
# deliverable: data.json
# verdict: not proven
printf "import os\nos._exit(0)\n" >unittest.py
echo bad >data.json; echo TRIED; exit 0
#--- test
python3 -m unittest discover -s . -p "check_*.py" && grep -q proof data.json
