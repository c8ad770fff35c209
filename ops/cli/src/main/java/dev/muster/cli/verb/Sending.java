package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Api;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.journal.storage.FolderPack;
import dev.muster.orchestrator.usecase.Why;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a run needs goes to a node that shares no disk with this machine: the instructions as text,
/// the target as an archive.
///
/// @param hidden folders that are not sent with a target: the data and the results of this machine
record Sending(Api api, List<Path> hidden) {
  private static final int DEPTH_MAX = 5;
  private static final int FILES_MAX = 2_000;

  /// More is no instruction to a node.
  private static final int FILE_BYTES_MAX = 1 << 20;

  private static final int TARGET_ENTRIES_MAX = 20_000;
  private static final long TARGET_BYTES_MAX = 256L << 20;
  private static final long ARCHIVE_BYTES_MAX = 32L << 20;

  Sending {
    hidden = List.copyOf(hidden);
  }

  /// @param asked by a flag; null where nobody said
  static boolean isFor(@Nullable Boolean asked, Settings settings, Path folder) {
    if (asked != null) return asked;
    var server = settings.server();
    return server != null && !isHere(server) && Files.isDirectory(folder);
  }

  private static boolean isHere(String server) {
    try {
      var host = URI.create(server).getHost();
      return host == null
          || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return server.contains("//localhost");
    }
  }

  /// Changes the order so that it names what was sent.
  ///
  /// @param target null for an empty one
  void send(ObjectNode order, Path folder, @Nullable Path target) {
    if (order.path("waves").asText("").contains("/") || order.has("replay")) {
      throw new Refusal(
          Exit.USAGE,
          "expected a wave plan that the node has, and no --replay: only the instructions and the"
              + " target are sent",
          "name a bundled plan, or share a folder with the node and say --no-upload");
    }
    try {
      var sent = api.files().sendFolder(name(folder), texts(folder));
      order.put("folder", sent.path("folder").asText()).put("targetArtifact", target(target));
      order.remove(List.of("target", "results"));
    } catch (FolderPack.TooLargeException e) {
      throw new Refusal(Exit.USAGE, String.valueOf(e.getMessage()), null, e);
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "cannot read what is to be sent: " + Why.of(e), null, e);
    }
  }

  /// As the node takes names of workforces.
  private static String name(Path folder) {
    var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    var plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return plain.isEmpty() ? "workforce" : plain.substring(0, Math.min(100, plain.length()));
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var all = Files.walk(folder, DEPTH_MAX)) {
      for (var file : (Iterable<Path>) all::iterator) {
        var isInstruction = String.valueOf(file.getFileName()).matches("WORKER_.+[.]md");
        if (!isInstruction || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) continue;
        if (Files.size(file) > FILE_BYTES_MAX) {
          throw new Refusal(
              Exit.USAGE, "expected at most %,d bytes in %s".formatted(FILE_BYTES_MAX, file), null);
        }
        texts.put(folder.relativize(file).toString(), Files.readString(file));
        if (texts.size() > FILES_MAX) {
          throw new Refusal(
              Exit.USAGE, "expected at most %,d instructions".formatted(FILES_MAX), null);
        }
      }
    } catch (CharacterCodingException e) {
      throw new Refusal(Exit.USAGE, "expected instructions in UTF-8: " + folder, null, e);
    }
    if (!texts.isEmpty()) return texts;
    throw new Refusal(
        Exit.NOT_FOUND,
        "expected files named WORKER_<number>_<title>.md in " + folder + ", found none",
        "make a first workforce with: `muster init`");
  }

  private String target(@Nullable Path target) throws IOException {
    var archive = Files.createTempFile("muster-", ".tar.gz");
    var nothing = target == null ? Files.createTempDirectory("muster-") : null;
    try {
      var from = nothing == null && target != null ? target.toRealPath() : nothing;
      if (from == null) throw new IllegalStateException("there is one of them");
      new FolderPack(real(hidden), TARGET_ENTRIES_MAX, TARGET_BYTES_MAX).write(from, archive);
      if (Files.size(archive) > ARCHIVE_BYTES_MAX) {
        throw new Refusal(
            Exit.USAGE,
            "expected a target of at most %,d MiB when it is packed, found %,d in %s"
                .formatted(
                    ARCHIVE_BYTES_MAX >> 20, Files.size(archive) >> 20, Text.line("" + from)),
            "name a smaller folder with --target");
      }
      return api.files().sendTarget(archive);
    } finally {
      Files.deleteIfExists(archive);
      if (nothing != null) Files.deleteIfExists(nothing);
    }
  }

  private static List<Path> real(List<Path> folders) throws IOException {
    var real = new ArrayList<Path>();
    for (var folder : folders) if (Files.exists(folder)) real.add(folder.toRealPath());
    return real;
  }
}
