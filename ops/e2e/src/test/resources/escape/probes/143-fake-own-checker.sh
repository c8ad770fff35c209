# promise: What the runtime proves, no file of the worker can fake.
# needs: bash
# deliverable: data.json
# verdict: not proven
printf "#!/bin/bash\nexit 0\n" >check.sh; chmod +x check.sh
echo bad >data.json; echo TRIED; exit 0
#--- test
./check.sh
