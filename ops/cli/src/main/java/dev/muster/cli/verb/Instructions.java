package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "instructions", description = "Instruction files: check, format, versions.")
final class Instructions extends Noun {
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
    var report =
        Linter.check(InstructionFile.text(context.path(file)), new Linter.Options(minScore, false));
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
    reference(text);
    return Exit.OK;
  }

  @Command(
      description =
          "The texts that an instruction has had: those that runs took, and those saved in the"
              + " console. What was written over elsewhere, and no run took, is not among them.")
  int versions(
      @Parameters(
              paramLabel = "FILE|RUN/WORKER",
              description = "A file, RUN/WORKER_014, or WORKFORCE/WORKER_014.")
          String what,
      @Option(
              names = "--text",
              paramLabel = "VERSION",
              description = "That text; the beginning of its digest is enough.")
          @Nullable String text,
      @Option(
              names = "--diff",
              paramLabel = "VERSION",
              description = "What is different since: to the file, or to the last that was used.")
          @Nullable String diff,
      @Option(
              names = "--against",
              paramLabel = "VERSION",
              description = "With --diff: to this one.")
          @Nullable String against,
      @Option(
              names = "--workforce",
              paramLabel = "NAME",
              description = "Of a file, unless it is the folder it lies in.")
          @Nullable String workforce) {
    if ((text != null && diff != null) || (against != null && diff == null)) {
      throw new Refusal(
          Exit.USAGE, "expected --text VERSION, or --diff VERSION [--against VERSION]", null);
    }
    return withNode(link -> {
      var versions = new Versions(context, link.api(), what, workforce);
      if (text != null) return versions.text(text);
      return diff != null ? versions.diff(diff, against) : versions.list();
    });
  }

  /// Broken between words on a terminal, but for tables and for what is to be copied.
  private void reference(String text) {
    var fence = "";
    for (var line : text.lines().toList()) {
      var mark = line.replaceFirst("^(`{3,}).*$|^.*$", "$1");
      var inside = !fence.isEmpty();
      if (inside && mark.equals(fence)) fence = "";
      else if (!inside) fence = mark;
      if (inside || !mark.isEmpty() || line.startsWith("|")) terminal().data(line);
      else terminal().prose(line);
    }
  }

  private void words(String file, TextReport report) {
    for (var finding : report.findings()) {
      var where = Text.line(file) + ":" + finding.line() + ": ";
      terminal().prose(where + finding.code().text() + ": " + Text.line(finding.message()));
      terminal().prose("    " + Text.line(finding.fix()));
    }
    terminal()
        .data((report.approved() ? "approved" : "not approved") + ", score " + report.score());
  }
}
