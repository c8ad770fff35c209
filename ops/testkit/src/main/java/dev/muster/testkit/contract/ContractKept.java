package dev.muster.testkit.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each class of tests: whatever nodes have answered meanwhile, to whomever, is what the
/// contract promises. Found by JUnit as a service, so that no test can forget it.
///
/// Classes run side by side, so the one that is blamed may be a neighbour of the one that asked;
/// the answer itself says which it was.
public final class ContractKept implements BeforeAllCallback, AfterAllCallback {
  private static final int SHOWN_MAX = 5;
  private static final int BODY_SHOWN_MAX = 600;
  private static final Path FOLDER =
      Path.of("target", "answers", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Path, Long> READ = new HashMap<>();

  /// Made when there is something to look at.
  private static final class Promised {
    static final Contract CONTRACT = Contract.ofTheServer();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(AnswerRecorder.TO, FOLDER.toString());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    var wrong = wrong();
    if (wrong.isEmpty()) return;
    throw new AssertionError(
        "%d answers are not what openapi.yaml promises:%n%s"
            .formatted(
                wrong.size(),
                String.join("\n", wrong.subList(0, Math.min(SHOWN_MAX, wrong.size())))));
  }

  private static synchronized List<String> wrong() throws IOException {
    var wrong = new ArrayList<String>();
    if (!Files.isDirectory(FOLDER)) return wrong;
    List<Path> files;
    try (var all = Files.list(FOLDER)) {
      files = all.sorted().toList();
    }
    for (var file : files) {
      for (var line : news(file)) {
        var kept = JSON.readTree(line);
        var it =
            new AnswerRecorder.Kept(
                kept.get("method").asText(),
                kept.get("path").asText(),
                kept.get("status").asInt(),
                kept.get("type").asText(),
                kept.get("body").asText());
        var errors = Promised.CONTRACT.errors(it);
        if (!errors.isEmpty()) wrong.add(shown(it, errors));
      }
    }
    return wrong;
  }

  private static String shown(AnswerRecorder.Kept it, List<String> errors) {
    var body = it.body().substring(0, Math.min(BODY_SHOWN_MAX, it.body().length()));
    return "%s %s %d %s: %s%n    %s"
        .formatted(it.method(), it.path(), it.status(), it.type(), errors, body);
  }

  /// Whole lines that were not looked at yet; a process may have been killed while it wrote one.
  private static List<String> news(Path file) throws IOException {
    var from = READ.getOrDefault(file, 0L);
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      var bytes = new byte[Math.toIntExact(in.length() - from)];
      in.readFully(bytes);
      var text = new String(bytes, StandardCharsets.UTF_8);
      var whole = text.substring(0, text.lastIndexOf('\n') + 1);
      READ.put(file, from + whole.getBytes(StandardCharsets.UTF_8).length);
      return whole.lines().toList();
    }
  }
}
