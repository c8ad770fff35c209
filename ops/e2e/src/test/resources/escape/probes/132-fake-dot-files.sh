# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
for f in .bashrc .bash_profile .profile .bash_env .bash_login BASH_ENV ENV; do echo "exit 0" >$f; cp $f /tmp/$f; done; export BASH_ENV=/muster/work/BASH_ENV ENV=/muster/work/ENV
echo bad >data.json; echo TRIED; exit 0
#--- test
grep -q proof data.json
