# promise: A step reads nothing that is not its business.
env; cat /proc/*/environ 2>/dev/null | tr '\0' '\n'
env | grep -i 'AWS_\|JAVA\|PASSWORD\|MUSTER_TOKEN\|MUSTER_DATA' && escaped "has variables of the host"
ls /proc/1/environ >/dev/null 2>&1 && tr '\0' '\n' </proc/1/environ 2>/dev/null | grep AWS_ && escaped "reads the environment of its first process"
