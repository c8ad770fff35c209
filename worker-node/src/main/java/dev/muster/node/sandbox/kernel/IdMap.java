package dev.muster.node.sandbox.kernel;

/// Whose files are shown as whose.
///
/// @param owner on the disk
/// @param group on the disk
/// @param user who sees them as its own, and as its group's
record IdMap(int owner, int group, int user) {
  private static final long ALL = 4_294_967_295L;

  /// Lines for `/proc/PID/uid_map` (user_namespaces(7)): everybody else stays who they are.
  String users() {
    return everybody(owner);
  }

  String groups() {
    return everybody(group);
  }

  /// The same where this node knows only some of the host's ids.
  String userOnly() {
    return line(owner, user, 1);
  }

  String groupOnly() {
    return line(group, user, 1);
  }

  private String everybody(int from) {
    var low = Math.min(from, user);
    var high = Math.max(from, user);
    var lines = new StringBuilder(line(from, user, 1));
    if (low > 0) lines.append(line(0, 0, low));
    if (high - low > 1) lines.append(line(low + 1L, low + 1L, high - low - 1L));
    return lines.append(line(high + 1L, high + 1L, ALL - high - 1)).toString();
  }

  private static String line(long inside, long outside, long count) {
    return inside + " " + outside + " " + count + "\n";
  }
}
