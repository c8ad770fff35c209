package dev.muster.cli.session;

import dev.muster.host.DataFolder;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.trust.DataFolders;
import dev.muster.host.trust.DataFolders.Standing;
import dev.muster.host.trust.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A data folder that the user says is theirs: from an earlier version, a backup, another machine.
public record Adoption(StateFolder state, DataFolders folders, Path data) {
  private static final List<Path> MV = List.of(Path.of("/bin/mv"), Path.of("/usr/bin/mv"));
  private static final int HOURS_MAX = 12;

  /// @throws Refusal when it cannot be
  public void adopt() {
    try {
      switch (folders.look(data)) {
        case Standing.Empty _ ->
            throw new Refusal(
                Exit.NOT_FOUND, "expected a data folder at " + data + ", found nothing", null);
        case Standing.Foreign(var words, var adoptable) when !adoptable ->
            throw new Refusal(Exit.NOT_ALLOWED, "the data folder " + data + " " + words, null);
        case Standing.Foreign _, Standing.Ours _ -> folders.adopt(data);
      }
    } catch (IOException e) {
      throw new Refusal(
          Exit.NOT_ALLOWED,
          "the data folder " + data + " cannot be trusted: " + e.getMessage(),
          "mend that, and look where it came from",
          e);
    }
  }

  /// Takes it to where the data of its project are kept.
  ///
  /// @return where that is
  public Path move() {
    adopt();
    var real = StateFolder.real(data);
    var project = real.getParent();
    if (project == null || folders.isInState(real)) return real;
    var place = state.dataOf(project);
    try (var lock = DataFolder.tryOpen(real)) {
      if (lock == null) throw SessionRefusals.locked(real);
      makeRoom(place);
      move(real, place);
      folders.forget(real);
      folders.forget(place); // what was there before
      return place;
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED,
          "%s cannot be moved to %s: %s".formatted(real, place, e.getMessage()),
          null,
          e);
    }
  }

  private static void makeRoom(Path place) throws IOException {
    Files.createDirectories(
        place.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (!Files.exists(place)) return;
    try (var entries = Files.list(place)) {
      if (entries.findAny().isPresent()) {
        throw new Refusal(
            Exit.CONFLICT,
            "expected nothing at " + place + " yet, found data",
            "the project has begun anew there; move that away first, or name this one with --data"
                + " DIR");
      }
    }
    Files.delete(place);
  }

  /// The two may be on different disks, which `mv` knows how to bridge.
  private static void move(Path from, Path to) throws IOException {
    var mv =
        MV.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new IOException("there is no /bin/mv"));
    var process =
        new ProcessBuilder(mv.toString(), "-T", "--", from.toString(), to.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(HOURS_MAX, TimeUnit.HOURS) || process.exitValue() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
