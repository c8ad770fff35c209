# promise: A step cannot leave its namespaces or mount anything.
mount -o remount,rw,bind "$MUSTER_TARGET" 2>/dev/null && escaped "remounted the target"
mount -o remount,rw / 2>/dev/null && escaped "remounted the root"
mount --bind /tmp "$MUSTER_TARGET" 2>/dev/null && escaped "bound over the target"
mkdir m; mount -t tmpfs none m 2>/dev/null && escaped "mounted a tmpfs"
mount -t proc none m 2>/dev/null && escaped "mounted a proc"
umount -l /muster/inputs 2>/dev/null && escaped "unmounted the inputs"
