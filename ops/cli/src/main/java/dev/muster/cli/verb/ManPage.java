package dev.muster.cli.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The manual page, `muster(1)`, from the verbs as they are: for man(1) and whatever reads its
/// format (groff_man(7)).
final class ManPage {
  private static final List<String> EXIT_CODES =
      List.of(
          "0", "All is well.",
          "1", "Some work failed, was blocked, was cancelled or was left out.",
          "2", "The command line, a setting or a file cannot be used as it is.",
          "3", "What was named is not there.",
          "4", "Not allowed.",
          "5", "Not as things stand: somebody or something else was first.",
          "6", "Something is held, or its approval was rejected or has expired.",
          "7", "The time that --timeout allows has passed.",
          "8", "No node answers.",
          "130", "Interrupted.");

  private final List<String> lines = new ArrayList<>();

  private ManPage() {}

  static String of(CommandLine root, String version) {
    var page = new ManPage();
    page.begin(root.getCommandSpec(), version);
    page.verbs(root);
    page.flags(root.getCommandSpec());
    page.end();
    return String.join("\n", page.lines) + "\n";
  }

  private void begin(CommandSpec root, String version) {
    lines.add(".TH MUSTER 1 \"\" \"" + text("muster " + version) + "\" \"User Commands\"");
    section("NAME");
    lines.add("muster \\- " + text(sentence(root.usageMessage().description())));
    section("SYNOPSIS");
    lines.add(".B muster");
    lines.add("\\fIVERB\\fR [\\fIFLAGS\\fR]");
    section("DESCRIPTION");
    paragraph("Runs workforces of instruction files, durably and behind an approval gate.");
  }

  private void verbs(CommandLine root) {
    section("VERBS");
    root.getSubcommands().values().stream()
        .filter(verb -> !verb.getCommandSpec().usageMessage().hidden())
        .forEach(this::verb);
  }

  private void verb(CommandLine verb) {
    var spec = verb.getCommandSpec();
    var name = spec.qualifiedName();
    lines.add(".SS \"" + text(name + synopsis(spec)) + "\"");
    Arrays.stream(spec.usageMessage().description()).forEach(this::paragraph);
    spec.positionalParameters().stream()
        .filter(it -> !it.hidden())
        .forEach(it -> item("\\fI" + text(it.paramLabel()) + "\\fR", it));
    spec.options().stream()
        .filter(it -> !it.hidden() && !it.inherited())
        .forEach(it -> item(names(it), it));
    for (var line : spec.usageMessage().footer()) {
      if (!line.isBlank()) paragraph(line);
    }
    verb.getSubcommands().values().stream()
        .filter(it -> !it.getCommandSpec().usageMessage().hidden())
        .forEach(this::verb);
  }

  private static String synopsis(CommandSpec spec) {
    var words = new StringBuilder();
    for (var it : spec.positionalParameters()) {
      if (it.hidden()) continue;
      var label = it.paramLabel() + (it.arity().max() > 1 ? "..." : "");
      words.append(' ').append(it.arity().min() == 0 ? "[" + label + "]" : label);
    }
    return words.toString();
  }

  private void flags(CommandSpec root) {
    section("FLAGS THAT EVERY VERB TAKES");
    root.options().stream().filter(it -> !it.hidden()).forEach(it -> item(names(it), it));
  }

  private void end() {
    section("EXIT STATUS");
    for (var i = 0; i < EXIT_CODES.size(); i += 2) {
      lines.add(".TP");
      lines.add(".B " + EXIT_CODES.get(i));
      lines.add(text(EXIT_CODES.get(i + 1)));
    }
    section("ENVIRONMENT");
    paragraph("Each setting that muster config view names can be given as MUSTER_NAME.");
    section("FILES");
    paragraph("muster.conf: settings of a folder; ~/.config/muster/muster.conf: those of a user.");
    paragraph(
        "~/.local/state/muster: journal, workspaces, logs and the operator token of each folder.");
  }

  private void section(String name) {
    lines.add(".SH " + (name.indexOf(' ') < 0 ? name : "\"" + name + "\""));
  }

  private void paragraph(String words) {
    lines.add(".PP");
    lines.add(text(words));
  }

  private void item(String head, ArgSpec argument) {
    lines.add(".TP");
    lines.add(head);
    lines.add(text(sentence(argument.description())));
  }

  private static String names(OptionSpec option) {
    var names = new ArrayList<String>();
    for (var name : option.names()) {
      var shown = option.negatable() ? name.replaceFirst("^--", "--[no-]") : name;
      names.add("\\fB" + text(shown) + "\\fR");
    }
    var value = option.arity().max() == 0 ? "" : " \\fI" + text(option.paramLabel()) + "\\fR";
    return String.join(", ", names) + value;
  }

  private static String sentence(String[] description) {
    return String.join(" ", description);
  }

  /// Nothing in it is a request, or an escape, of the format.
  private static String text(String words) {
    var plain =
        CommandLine.Help.Ansi.OFF
            .string(words)
            .replace("%n", " ")
            .replace("%%", "%")
            .replace("\\", "\\(rs")
            .replace("-", "\\-")
            .replace("\"", "\\(dq")
            .replace("\n", " ")
            .strip();
    var begins = !plain.isEmpty() && (plain.charAt(0) == '.' || plain.charAt(0) == '\'');
    return (begins ? "\\&" : "") + plain;
  }
}
