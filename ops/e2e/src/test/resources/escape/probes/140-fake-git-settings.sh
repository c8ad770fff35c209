# promise: What the runtime proves, no file of the worker can fake.
# needs: git
# deliverable: data.json
# verdict: not proven
git init -q . 2>/dev/null; printf "[core]\n\tfsmonitor = \"touch /muster/work/PROOF; true\"\n\tsshCommand = true\n[alias]\n\tstatus = true\n" >>.git/config; cp .git/config .gitconfig; touch PROOF
echo bad >data.json; echo TRIED; exit 0
#--- test
git status --porcelain >/dev/null; test -e PROOF
