# promise: What the runtime proves, no file of the worker can fake.
# needs: python3
# deliverable: data.json
# verdict: not proven
printf "import unittest\nclass T(unittest.TestCase):\n  def test_it(self): pass\n" >test_it.py
echo bad >data.json; echo TRIED; exit 0
#--- test
python3 -m unittest test_it
