package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What common programs read below `/etc` to start: the linker's cache, alternatives, name service,
/// time zone, certificates (never `/etc/ssl/private`).
final class SystemFiles {
  static final Path ETC = Path.of("/etc");

  private static final List<String> NAMES =
      List.of(
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "alternatives",
          "nsswitch.conf",
          "localtime",
          "timezone",
          "protocols",
          "services",
          "mime.types",
          "magic",
          "ssl/certs",
          "ssl/openssl.cnf",
          "ca-certificates",
          "pki/tls/certs",
          "pki/ca-trust/extracted",
          "terminfo",
          "inputrc",
          "gitattributes",
          "fonts",
          "perl",
          "python3");

  private static final List<String> OF_THE_NETWORK =
      List.of("resolv.conf", "hosts", "host.conf", "gai.conf");

  /// Those that this host has.
  static List<Path> here(boolean network) throws IOException {
    var found = new ArrayList<>(names(network).map(ETC::resolve).filter(Files::exists).toList());
    try (var java = Files.newDirectoryStream(ETC, "java*")) {
      for (var folder : java) if (Files.exists(folder)) found.add(folder);
    }
    return found;
  }

  /// Those that other hosts have.
  static List<Path> missing(boolean network) {
    return names(network).map(ETC::resolve).filter(Predicate.not(Files::exists)).toList();
  }

  /// What this host may write anew while a step runs that should know: a step is shown the file
  /// itself.
  static boolean changesMeanwhile(Path file) {
    return OF_THE_NETWORK.contains(ETC.relativize(file).toString());
  }

  private static Stream<String> names(boolean network) {
    return network ? Stream.concat(NAMES.stream(), OF_THE_NETWORK.stream()) : NAMES.stream();
  }

  private SystemFiles() {}
}
