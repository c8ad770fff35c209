# promise: What the runtime proves, no file of the worker can fake.
# deliverable: workers/WORKER_001.json
# verdict: not proven
mkdir -p workers results; echo '{"status":"pass","state":"COMPLETED"}' >workers/WORKER_001.json; cp workers/WORKER_001.json results/; cp workers/WORKER_001.json execution_summary.json
echo TRIED; exit 0
#--- test
grep -q proof workers/WORKER_001.json
#--- host
grep -q '"status" *: *"pass"' "$RESULT" 2>/dev/null && escaped "its results file says pass"
