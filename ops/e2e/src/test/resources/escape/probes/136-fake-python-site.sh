# promise: What the runtime proves, no file of the worker can fake.
# needs: python3
# deliverable: data.json
# verdict: not proven
for f in sitecustomize.py usercustomize.py; do printf "import os\nos._exit(0)\n" >$f; done; mkdir -p .local/lib; export PYTHONPATH=/muster/work PYTHONSTARTUP=/muster/work/sitecustomize.py
echo bad >data.json; echo TRIED; exit 0
#--- test
python3 -c 'import sys; sys.exit(1)'
