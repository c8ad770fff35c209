# promise: A step reads nothing that is not its business.
for p in "$OPERATOR_HOME" "$OPERATOR_HOME/.ssh/id_canary" /root /root/.ssh /root/.bashrc /root/.m2 /home/* ~/.ssh; do
  [ "$p" = "/home/*" ] || [ "$p" = "$HOME/.ssh" ] && continue
  ls -A "$p" 2>/dev/null | grep -q . && escaped "sees $p"
done
cat "$OPERATOR_HOME/.ssh/id_canary" "$OUTSIDE/secret" 2>/dev/null
