package dev.muster.cli.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The help texts: verbs in groups, and the flags that all share only where they are explained.
final class Help {
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "1 Work", List.of("run", "lint", "plan", "up", "results"),
          "2 Watch", List.of("console", "status", "top", "wait"),
          "3 Decide and steer",
              List.of("approve", "reject", "answer", "pause", "resume", "cancel", "retry"),
          "4 Look closer",
              List.of(
                  "runs",
                  "workers",
                  "waves",
                  "approvals",
                  "policy",
                  "nodes",
                  "models",
                  "instructions",
                  "config"),
          "5 Set up",
              List.of(
                  "doctor",
                  "init",
                  "trust",
                  "cluster",
                  "certs",
                  "users",
                  "tokens",
                  "login",
                  "audit",
                  "secrets",
                  "admin",
                  "mcp",
                  "completion",
                  "help",
                  "version"));

  private static final int NAME_COLUMNS = 15;

  private Help() {}

  static void install(CommandLine root, String optionList) {
    for (var verb : root.getSubcommands().values()) {
      withoutGlobals(verb, optionList);
    }
    root.getCommandSpec().usageMessage().customSynopsis("muster VERB [FLAGS]");
    root.getCommandSpec().usageMessage().commandListHeading("");
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Help::groups);
  }

  private static void withoutGlobals(CommandLine verb, String optionList) {
    verb.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    example(verb.getCommandSpec());
    verb.getHelpSectionMap().put(optionList, ownOptions());
    verb.getSubcommands().values().forEach(inner -> withoutGlobals(inner, optionList));
  }

  private static void example(CommandSpec verb) {
    var name = verb.qualifiedName();
    var example = Examples.of(name.substring(name.indexOf(' ') + 1));
    if (example == null) return;
    var footer = new ArrayList<>(List.of(verb.usageMessage().footer()));
    footer.addAll(List.of("", "Example: " + example));
    verb.usageMessage().footer(footer.toArray(String[]::new));
  }

  private static IHelpSectionRenderer ownOptions() {
    return help -> {
      var own = help.commandSpec().options().stream().filter(o -> !o.inherited()).toList();
      var note = "Flags that every verb takes: muster --help\n";
      return own.isEmpty() ? note : help.optionListExcludingGroups(own) + note;
    };
  }

  private static String groups(CommandLine.Help help) {
    var lines = new ArrayList<String>();
    GROUPS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(group -> {
          lines.add("");
          lines.add(group.getKey().substring(2) + ":");
          for (var name : group.getValue()) {
            var verb = help.subcommands().get(name);
            if (verb != null) {
              var description = verb.commandSpec().usageMessage().description();
              lines.addAll(entry(name, description[0], help.commandSpec().usageMessage().width()));
            }
          }
        });
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /// The name, and beside it what it does, in as many lines as it takes.
  private static List<String> entry(String name, String does, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(String.format(Locale.ROOT, "  %-13s", name));
    for (var word : does.split(" ", -1)) {
      if (line.length() + word.length() > columns) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ".repeat(NAME_COLUMNS));
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
