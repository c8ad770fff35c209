# promise: What the runtime proves, no file of the worker can fake.
# needs: node
# deliverable: data.json
# verdict: not proven
mkdir -p node_modules/check; echo "process.exit(0)" >node_modules/check/index.js; echo "{\"scripts\":{\"test\":\"true\"}}" >package.json
echo bad >data.json; echo TRIED; exit 0
#--- test
node -e 'require("check"); process.exit(1)'
