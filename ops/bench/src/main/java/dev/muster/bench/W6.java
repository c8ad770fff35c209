package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The bundled audit, two slots, of a checkout without what was built in it; and its scripts in the
/// same order of dependencies without Muster.
record W6(Build build, Path home) implements Engine {
  private static final Pattern SCRIPT = Pattern.compile("(?ms)^```bash[^\\n]*\\n(.*?)^```$");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (.*)$");
  private static final Pattern DEPENDENCY = Pattern.compile("WORKER_\\d+");
  private static final Pattern PRIORITY = Pattern.compile("(?m)^\\*\\*Priority:\\*\\* (\\d)");

  static List<Engine> engines(Scope scope) {
    var engines = new ArrayList<Engine>();
    for (var build : scope.builds()) engines.add(new W6(build, scope.home()));
    engines.add(
        new FloorEngine(
            scope.home(),
            true,
            (workers, folder, target) -> scripts(scope.home(), folder, target)));
    return engines;
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var target = Files.createDirectory(folder.resolve("target"));
    checkOut(home, target);
    var timed =
        build.muster(
            folder,
            Map.of("MUSTER_SLOTS", "2"),
            "run",
            build.checkout().resolve("instructions/audit").toString(),
            "--target",
            target.toString(),
            "--approve",
            "all",
            "--no-input");
    return timed.on(Round.of(name()));
  }

  private static void checkOut(Path home, Path target) throws IOException, InterruptedException {
    var clone =
        new ProcessBuilder("git", "clone", "-q", home.toString(), target.toString()).inheritIO();
    if (clone.start().waitFor() != 0) throw new IOException("no checkout to audit");
  }

  private static void scripts(Path home, Path folder, Path target)
      throws IOException, InterruptedException {
    checkOut(home, target);
    Map<String, String> levels = new HashMap<>();
    try (var files = Files.list(home.resolve("instructions/audit"))) {
      for (var file :
          files.filter(it -> it.getFileName().toString().startsWith("WORKER_")).sorted().toList()) {
        var sections = sections(Files.readString(file));
        var name = file.getFileName().toString().substring(0, "WORKER_000".length());
        var level = level(sections, levels);
        levels.put(name, level);
        var scripts = new ArrayList<String>();
        sections.forEach((title, text) -> {
          if (title.equals("EXECUTION")) scripts.addAll(all(text));
        });
        sections.forEach((title, text) -> {
          if (title.endsWith("TEST_PROCESS")) scripts.addAll(all(text));
        });
        FloorEngine.worker(folder, level, name, scripts);
      }
    }
  }

  /// Beyond all that it waits for: of another wave, or a step further in its own.
  private static String level(Map<String, String> sections, Map<String, String> levels) {
    var priority = PRIORITY.matcher(sections.getOrDefault("", ""));
    if (!priority.find()) throw new IllegalStateException("a worker without a priority");
    var step = 0;
    for (var section : sections.entrySet()) {
      if (!section.getKey().endsWith("DEPENDENCIES")) continue;
      var named = DEPENDENCY.matcher(section.getValue());
      while (named.find()) {
        var before = levels.getOrDefault(named.group(), "0-00");
        if (before.startsWith(priority.group(1))) {
          step = Math.max(step, Integer.parseInt(before.substring(2)) + 1);
        }
      }
    }
    return "%s-%02d".formatted(priority.group(1), step);
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new HashMap<>();
    var at = SECTION.matcher(text);
    var title = "";
    var from = 0;
    while (at.find()) {
      sections.put(title, text.substring(from, at.start()));
      title = at.group(1).replaceFirst("^\\d+\\. ", "");
      from = at.end();
    }
    sections.put(title, text.substring(from));
    return sections;
  }

  private static List<String> all(String text) {
    return SCRIPT.matcher(text).results().map(it -> it.group(1)).toList();
  }
}
