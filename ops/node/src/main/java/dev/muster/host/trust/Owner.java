package dev.muster.host.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who this process is, as the owners of files see it.
///
/// @param uid its own
/// @param believed whoever may change what this user rests on anyway: the user itself and root
record Owner(int uid, Set<Integer> believed) {
  private static final int ROOT = 0;

  Owner {
    believed = Set.copyOf(believed);
  }

  static Owner ofProcess() throws IOException {
    var uid = uid(Path.of("/proc/self"));
    var believed = new HashSet<>(List.of(uid, ROOT));
    if (inNamespace()) believed.add(strangersId());
    return new Owner(uid, believed);
  }

  static int uid(Path path, LinkOption... options) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", options);
  }

  boolean believes(int owner) {
    return believed.contains(owner);
  }

  /// In a namespace of users the host's root, who owns `/`, looks like nobody.
  private static boolean inNamespace() throws IOException {
    var map = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1);
    return map.length != 3 || !map[2].equals("4294967295");
  }

  private static int strangersId() throws IOException {
    return Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/overflowuid")).strip());
  }
}
