package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.FileReport;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Neighbours;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.RunRefusal;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looking at a folder of instructions before a run takes it, and keeping those that are sent.
///
/// What is sent is text under a name of its content, and is never trusted: only files that are
/// called as instructions are, flat or in folders, and no settings. A run reads and lints it as it
/// does every folder.
///
/// @param uploads where what is sent is kept
/// @param slots for the forecast
public record Folders(Path uploads, int slots) {
  public static final int FILES_MAX = 2_000;
  public static final int TEXT_CHARS_MAX = 400_000;

  /// What one begins with that is still being written, or was when its node ended.
  private static final String NEW = ".new";

  private static final int UPLOADS_MAX = 500;
  private static final int SHOWN_MAX = 1_000;
  private static final int EDGES_MAX = 5_000;
  private static final int NAME_CHARS = 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int ONE_AT_A_TIME_MAX = 50;
  private static final Pattern PATH =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99}/){0,4}WORKER_[A-Za-z0-9._-]{1,200}[.]md");

  public FolderPreview preview(Path folder, @Nullable String waves) {
    var workforce = FolderRuns.read(folder);
    var plan = Planner.plan(workforce, FolderRuns.wavePlan(waves), Planner.Options.of(slots));
    var refusal = RunRefusal.of(plan, false, false);
    Map<String, Integer> waveOf = new HashMap<>();
    plan.waves().forEach(wave -> wave.workers().forEach(id -> waveOf.put(id, wave.wave())));
    var all = workforce.instructions();
    var found = FolderEdits.judged(workforce);
    return new FolderPreview(
        folder.toString(),
        workforce.name(),
        plan.total(),
        plan.waves().stream()
            .map(it ->
                new FolderPreview.Wave(
                    it.wave(), it.name(), it.workers().size(), it.approval(), it.seconds()))
            .toList(),
        all.stream()
            .limit(SHOWN_MAX)
            .map(it -> shown(folder, it, waveOf, found.get(it.file())))
            .toList(),
        all.size() > SHOWN_MAX,
        plan.edges().stream().limit(EDGES_MAX).toList(),
        plan.criticalPath().stream().limit(SHOWN_MAX).toList(),
        plan.gates().size(),
        plan.oneAtATime().stream().limit(ONE_AT_A_TIME_MAX).toList(),
        refusal == null ? null : refusal.words());
  }

  private static FolderPreview.Shown shown(
      Path folder, Instruction it, Map<String, Integer> waveOf, @Nullable FileReport report) {
    var findings = report == null ? it.findings() : report.findings();
    var errors = (int) findings.stream().filter(Finding::isError).count();
    return new FolderPreview.Shown(
        it.id(),
        Neighbours.within(folder, it),
        it.title(),
        it.id() == null ? null : waveOf.get(it.id()),
        it.score(),
        errors,
        findings.size() - errors);
  }

  /// Keeps them under a name of their content: the same again is the same folder.
  ///
  /// @param texts by their paths
  /// @return the folder
  public Path keep(String name, Map<String, String> texts) {
    var wrong = wrong(name, texts);
    if (wrong != null) throw Refusal.unusable("invalid-upload", wrong);
    try {
      var folder = place(name, texts);
      if (Files.isDirectory(folder)) return folder;
      Files.createDirectories(uploads);
      refuseTooMany();
      var made = Files.createTempDirectory(uploads, NEW);
      try {
        write(made, texts);
        Files.createDirectories(folder.getParent());
        Files.move(made, folder);
      } catch (IOException e) {
        delete(made, texts);
        // Somebody may have sent the same meanwhile.
        if (!Files.isDirectory(folder) || !holds(folder, texts)) throw e;
      }
      return folder;
    } catch (IOException e) {
      throw Refusal.unavailable("upload-not-kept", "what was sent could not be kept: " + Why.of(e));
    }
  }

  private static void write(Path folder, Map<String, String> texts) throws IOException {
    for (var text : texts.entrySet()) {
      var file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }

  private static void delete(Path folder, Map<String, String> texts) throws IOException {
    for (var path : texts.keySet()) {
      @Nullable Path it = folder.resolve(path);
      for (; it != null && it.startsWith(folder); it = it.getParent()) {
        try {
          Files.deleteIfExists(it);
        } catch (DirectoryNotEmptyException _) {
          break; // the last of its files takes it along
        } catch (FileSystemException _) {
          // A file stood where its folder was to be.
        }
      }
    }
  }

  /// One that was edited since it was sent is another folder by now.
  private Path place(String name, Map<String, String> texts) throws IOException {
    var digest = digest(texts).substring(0, NAME_CHARS);
    for (var number = 1; number <= UPLOADS_MAX; number++) {
      var folder = uploads.resolve(number == 1 ? digest : digest + "-" + number).resolve(name);
      if (!Files.isDirectory(folder) || holds(folder, texts)) return folder;
    }
    throw tooMany();
  }

  private static boolean holds(Path folder, Map<String, String> texts) throws IOException {
    for (var text : texts.entrySet()) {
      var file = folder.resolve(text.getKey());
      if (!Files.isRegularFile(file)) return false;
      var kept = Files.readAllBytes(file);
      if (!Arrays.equals(kept, text.getValue().getBytes(StandardCharsets.UTF_8))) return false;
    }
    return true;
  }

  private void refuseTooMany() throws IOException {
    try (var all = Files.list(uploads)) {
      var kept = all.filter(it -> !String.valueOf(it.getFileName()).startsWith(NEW));
      if (kept.limit(UPLOADS_MAX).count() < UPLOADS_MAX) return;
    }
    throw tooMany();
  }

  private Refusal tooMany() {
    return Refusal.conflict(
        "too-many-uploads",
        "expected fewer than %d folders in %s: remove those that nobody edits or starts any more;"
                .formatted(UPLOADS_MAX, uploads)
            + " runs have their texts themselves");
  }

  private static @Nullable String wrong(String name, Map<String, String> texts) {
    if (!NAME.matcher(name).matches()) return "Expected a name of letters, digits, . _ and -.";
    if (texts.isEmpty() || texts.size() > FILES_MAX) {
      return "Expected 1 to %d files, found %d.".formatted(FILES_MAX, texts.size());
    }
    for (var path : texts.keySet()) {
      if (!PATH.matcher(path).matches()) {
        return "Expected files named WORKER_<digits>_<Title>.md, at most four folders deep, found "
            + RunLookup.shown(path)
            + ".";
      }
    }
    return null;
  }

  private static String digest(Map<String, String> texts) {
    var all = new ArrayList<String>();
    new TreeMap<>(texts)
        .forEach((path, text) -> {
          all.add(path);
          all.add(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        });
    return Sha256.of(String.join("\n", all));
  }
}
