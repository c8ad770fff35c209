package dev.muster.e2e.escape;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What lies around a camp and must neither hear nor change: listeners, and the files outside.
final class Bait implements AutoCloseable {
  private final Camp camp;
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final List<Closeable> open = new ArrayList<>();
  private final Map<String, String> before;
  private final int port;

  /// @param mark by which its socket without a file is found
  Bait(Camp camp, String mark) throws IOException {
    this.camp = camp;
    abstractSocket("muster-escape-" + mark);
    var other = Files.createDirectories(camp.target().resolve(".muster"));
    var token = Files.writeString(other.resolve("operator.token"), camp.secret());
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(camp.target().resolve("way-out"), camp.outside());
    port = tcp();
    socketFile(camp.target().resolve("orders.sock"));
    pipe(camp.target().resolve("orders.fifo"));
    before = state();
  }

  int port() {
    return port;
  }

  private int tcp() throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(server);
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (var caller = server.accept()) {
              heard.add("TCP port from " + caller.getRemoteSocketAddress());
            } catch (IOException _) {
              return;
            }
          }
        });
    return server.getLocalPort();
  }

  private void socketFile(Path file) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    open.add(server);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (server.isOpen()) {
            try (var _ = server.accept()) {
              heard.add("a socket file of the target");
            } catch (IOException _) {
              return;
            }
          }
        });
  }

  /// Java knows no sockets of this kind.
  private void abstractSocket(String name) throws IOException {
    if (!Machine.found("perl")) return;
    var script =
        "socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack('S', AF_UNIX) . \"\\0$ARGV[0]\");"
            + " listen($s, 5); $| = 1; while (accept(my $c, $s)) { print \"heard\\n\" }";
    var builder = new ProcessBuilder("perl", "-MSocket", "-e", script, name);
    var process = builder.redirectErrorStream(true).start();
    open.add(() -> process.destroyForcibly());
    Thread.ofVirtual()
        .start(() ->
            process
                .inputReader()
                .lines()
                .forEach(it -> heard.add("a socket without a file: " + it)));
  }

  /// Read as a service would that takes orders from it; opened for both, so that it never ends.
  private void pipe(Path file) throws IOException {
    Shell.run("mkfifo", "-m", "666", file.toString());
    var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    open.add(channel);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          var buffer = ByteBuffer.allocate(100);
          try {
            while (channel.read(buffer) > 0) {
              var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
              if (text.contains("bye")) return;
              heard.add("a pipe of the target: " + text.strip());
              buffer.clear();
            }
          } catch (IOException _) {
            // closed
          }
        });
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  /// What is not as it was outside, and in the target but for `permitted`.
  List<String> changes() throws IOException {
    var now = state();
    List<String> changes = new ArrayList<>();
    before.forEach((path, was) -> {
      var is = now.getOrDefault(path, "gone");
      if (!is.equals(was)) changes.add(path + " was " + was + ", is " + is);
    });
    now.keySet().stream()
        .filter(it -> !before.containsKey(it))
        .forEach(it -> changes.add("new " + it));
    return changes;
  }

  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    for (var root : List.of(camp.outside(), camp.target())) {
      try (var files = Files.walk(root)) {
        for (var file : files.toList()) {
          if (!file.startsWith(camp.target().resolve("rel")))
            state.put(file.toString(), look(file));
        }
      }
    }
    for (var knob : List.of("core_pattern", "hostname", "modprobe")) {
      var file = Path.of("/proc/sys/kernel", knob);
      if (Files.isReadable(file)) state.put(file.toString(), Files.readString(file).strip());
    }
    return state;
  }

  private static String look(Path file) throws IOException {
    var all = Files.readAttributes(file, "unix:mode,size", LinkOption.NOFOLLOW_LINKS);
    var content =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "";
    var size =
        Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "" : all.get("size") + " bytes ";
    return "mode %o %s%08x".formatted(((Integer) all.get("mode")), size, content.hashCode());
  }

  @Override
  public void close() throws IOException {
    var pipe = camp.target().resolve("orders.fifo");
    if (Files.exists(pipe)) Files.writeString(pipe, "bye", StandardOpenOption.WRITE);
    for (var it : open) it.close();
  }
}
