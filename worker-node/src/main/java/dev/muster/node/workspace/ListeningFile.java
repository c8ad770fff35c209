package dev.muster.node.workspace;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A socket that is a file, wherever it lies.
public final class ListeningFile {
  private ListeningFile() {}

  /// Whoever gets to the file may connect: a step is another user. The kernel takes paths of 107
  /// bytes at most, so that the folder is named by its descriptor.
  ///
  /// @param parent absolute
  /// @param name in there; what was there goes
  public static ServerSocketChannel open(Path parent, String name) throws IOException {
    var file = parent.resolve(name);
    Files.deleteIfExists(file);
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (var folder = Opened.of(Openat.folder(Openat.IN_FRONT, parent), parent)) {
      channel.bind(UnixDomainSocketAddress.of(folder.path().resolve(name)));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
