package dev.muster.node.sandbox;

import java.util.List;

/// The shell that builds the sandbox from inside its new namespaces, and then waits there for the
/// script as the first process.
///
/// It fails closed: whatever goes wrong, the script is not started. Names come as arguments and in
/// files, never as text of a program.
final class UtilLinuxSetup {
  /// The old root goes on top of `/tmp` until it is let go.
  ///
  /// The host's table of mounts was read before the namespaces were made: what was mounted in
  /// between would not be made read-only, so the number is compared. At the end the shell is quiet,
  /// since it would tell how the script died.
  private static final String SCRIPT =
      """
      set -f
      root=$1 skeleton=$2 points=$3 base=$4 mounts=$5 mark=$6 table=$7 wake=$8 lock=$9
      shift 9
      folder=$1
      shift
      fail() {
        printf '%s\\n' "the sandbox could not be set up: $*"
        exit 125
      }
      exec 2>&1 3> "$mark"
      count=0
      while read -r _; do count=$((count + 1)); done < /proc/self/mountinfo
      if [ "$count" != "$table" ]; then
        echo again >&3
        fail "the mounts of the host changed, $table became $count"
      fi
      said=$(
        exec 2>&1
        umask 022 &&
          mount -n -i -a -T "$base" &&
          cp -R -P "$skeleton/." ${points:+"$points/."} "$root" &&
          mount -n -i -a -T "$mounts"
      ) || fail $said
      { echo muster > /proc/sys/kernel/hostname; } 2> /dev/null ||
        hostname muster || fail "it has the name of the host"
      case $wake in
        sysfs) echo 1 > /sys/class/net/lo/flags ;;
        ip) ip link set lo up ;;
        perl) perl -e 'socket(my $s, 2, 2, 0) or die "$!\\n";
          ioctl($s, 0x8914, my $r = pack("a16 s x22", "lo", 1)) or die "$!\\n"' ;;
      esac || fail "its loopback network does not wake"
      if [ -n "$lock" ]; then
        echo 0 > /proc/sys/user/max_user_namespaces || fail "namespaces cannot be forbidden"
      fi
      cd "$root" && pivot_root . tmp && umount -n -l /tmp || fail "the root of the host stays"
      cd "$folder" || fail "there is no $folder in it"
      echo began >&3 || fail "nobody can be told that it began"
      exec 3>&- 2> /dev/null
      "$@" 2>&1
      exit $?
      """;

  /// What comes before the script's nine arguments, the folder to start in, and the command.
  static List<String> shell() {
    return List.of("/bin/sh", "-c", SCRIPT, "muster");
  }

  private UtilLinuxSetup() {}
}
