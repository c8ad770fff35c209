# promise: A step leaves nothing to another.
ipcs -m 2>/dev/null | grep -q '^0x0$MARK' && escaped "sees shared memory of the host"
ls /dev/shm /tmp 2>/dev/null | grep "$MARK" && escaped "meets another step"
echo x >"/dev/shm/$MARK"; echo x >"/tmp/$MARK"; ipcmk -M 64 >/dev/null 2>&1
sleep 0.2
