package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.TextReport;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "instructions", description = "Instruction files: check, format.")
final class Instructions extends Noun {
  private static final long FILE_BYTES_MAX = 2 << 20;

  Instructions(Context context) {
    super(context);
  }

  @Command(description = "Judge one text, as POST /api/v1/instructions/check does.")
  int check(
      @Parameters(paramLabel = "FILE", description = "The file.") String file,
      @Option(
              names = "--min-score",
              paramLabel = "N",
              defaultValue = "80",
              description = "Approved from here (${DEFAULT-VALUE}).")
          int minScore) {
    if (minScore < 0 || minScore > 100) {
      throw new Refusal(Exit.USAGE, "expected --min-score from 0 to 100, found " + minScore, null);
    }
    var report = Linter.check(text(file), new Linter.Options(minScore, false));
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.MAPPER.valueToTree(report)));
      case JSONL -> terminal().data(Json.line(Json.MAPPER.valueToTree(report)));
      case NAME -> terminal().data(file);
      case TABLE, WIDE -> words(file, report);
    }
    return report.approved() ? Exit.OK : Exit.FAILED;
  }

  @Command(
      description = "The reference of the format, whole or one section; every finding has its own.")
  int format(
      @Parameters(
              paramLabel = "TOPIC",
              arity = "0..1",
              description = "Such as deliverables, time-limit, masked-test.")
          @Nullable String topic) {
    var text = topic == null ? FormatReference.text().strip() : FormatReference.section(topic);
    if (text == null) {
      throw new Refusal(
          Exit.NOT_FOUND,
          "there is no topic " + topic + " in the format's reference",
          "topics: " + String.join(", ", FormatReference.topics()));
    }
    terminal().data(text);
    return Exit.OK;
  }

  private void words(String file, TextReport report) {
    report
        .findings()
        .forEach(finding ->
            terminal()
                .data(
                    Text.line(file)
                        + ":"
                        + finding.line()
                        + ": "
                        + finding.code().text()
                        + ": "
                        + Text.line(finding.message())));
    terminal()
        .data((report.approved() ? "approved" : "not approved") + ", score " + report.score());
  }

  private String text(String file) {
    var path = context.path(file);
    try {
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new Refusal(Exit.USAGE, path + " is larger than 2 MiB", null);
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw new Refusal(Exit.NOT_FOUND, "there is no file " + path, null, e);
    } catch (CharacterCodingException e) {
      throw new Refusal(Exit.USAGE, "expected UTF-8 in " + path + ", found other bytes", null, e);
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "cannot read " + path + ": " + e.getMessage(), null, e);
    }
  }
}
