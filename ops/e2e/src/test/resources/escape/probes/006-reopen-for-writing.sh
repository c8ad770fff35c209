# promise: A step changes nothing but its workspace.
exec 7<"$MUSTER_TARGET/readme.txt" 8<"$MUSTER_TARGET"
(echo evil >/proc/self/fd/7) 2>/dev/null && escaped "a descriptor open for reading was opened for writing"
(echo evil >/proc/self/fd/8/x) 2>/dev/null && escaped "a file was made below an open folder"
(cd /proc/self/fd/8/.. && echo evil >x) 2>/dev/null && escaped "wrote above the target"
(echo evil >"/proc/self/cwd/../../x") 2>/dev/null && escaped "wrote above the workspace"
