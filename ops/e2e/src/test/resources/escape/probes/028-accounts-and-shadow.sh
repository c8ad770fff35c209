# promise: A step reads nothing that is not its business.
for f in /etc/shadow /etc/gshadow /etc/sudoers /etc/ssl/private /etc/ssh /etc/machine-id /etc/hosts /etc/resolv.conf /etc/crontab /etc/fstab; do
  head -c1 "$f" >/dev/null 2>&1 && escaped "reads $f"
  [ -d "$f" ] && ls -A "$f" 2>/dev/null | grep -q . && escaped "lists $f"
done
[ "$(grep -vc '^muster:' /etc/passwd)" -lt 5 ] || escaped "sees the host's accounts"
for d in /var/lib /var/log /run /boot /srv /mnt /sys /lost+found; do ls -A "$d" 2>/dev/null | grep -q . && escaped "lists $d"; done
