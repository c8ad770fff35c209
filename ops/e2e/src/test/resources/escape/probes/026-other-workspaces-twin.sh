# promise: A step reads nothing that is not its business.
echo mine >"mine-$MARK"
sleep 0.3
find / -name "mine-$MARK" -not -path "$PWD/*" -not -path '/proc/*' 2>/dev/null | grep -q . && escaped "sees another workspace"
ls /tmp /dev/shm /var/tmp 2>/dev/null | grep "$MARK" && escaped "meets another step in a common folder"
