package dev.muster.node.sandbox;

import java.nio.file.Path;

/// Lines for `mount --all --fstab` (fstab(5)), which mounts them one after another. Every byte of a
/// name that might mean something there is written as a number.
final class Fstab {
  private final StringBuilder text = new StringBuilder();
  private final Path root;

  /// @param root of what is being built; every target lies below it
  Fstab(Path root) {
    this.root = root;
  }

  /// A new file system; its source is only a name, and one that no mount of the host has: `mount`
  /// leaves out what it takes for mounted already.
  void make(String type, Path at, String options) {
    line("muster-" + type, at, type, options);
  }

  /// Something of the host, and all that is mounted below it.
  void bind(Path from, Path at) {
    line(escaped(from.toString()), at, "none", "rbind,X-mount.mkdir");
  }

  void bindFile(Path from, Path at) {
    line(escaped(from.toString()), at, "none", "bind");
  }

  void remount(Path at, String options) {
    line("none", at, "none", "remount,bind," + options);
  }

  /// On the host's own folder, before it is left.
  void makeOutside(String type, Path at, String options) {
    text.append("muster-").append(type).append(' ').append(escaped(at.toString()));
    text.append(' ').append(type).append(' ').append(options).append(" 0 0\n");
  }

  private void line(String source, Path at, String type, String options) {
    text.append(source).append(' ').append(escaped(root + at.toString())).append(' ');
    text.append(type).append(' ').append(options).append(" 0 0\n");
  }

  private static String escaped(String name) {
    var escaped = new StringBuilder();
    for (var each : name.getBytes(MountTable.NAMES)) {
      var plain = each > ' ' && each < 0x7f && each != '\\' && each != '#';
      if (plain) escaped.append((char) each);
      else escaped.append("\\%03o".formatted(each & 0xff));
    }
    return escaped.toString();
  }

  /// Nothing but ASCII.
  @Override
  public String toString() {
    return text.toString();
  }
}
