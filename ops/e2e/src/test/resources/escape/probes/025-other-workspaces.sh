# promise: A step reads nothing that is not its business.
echo mine >"mine-$MARK"
sleep 0.3
find / -name "mine-$MARK" -not -path "$PWD/*" -not -path '/proc/*' 2>/dev/null | grep -q . && escaped "sees another workspace"
ls -d "$DATA"/workspaces/*/* 2>/dev/null | grep -q . && escaped "lists the workspaces"
