package dev.muster.cli.verb;

import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Terminal.ColorMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Flags that every verb takes, before or after its name.
public final class Globals {
  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "table, wide, json, jsonl or name.")
  OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "Node to talk to; without it, the one of the data folder.")
  @Nullable String server;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Data folder; without it, one of your own for each folder.")
  @Nullable String data;

  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      description = "auto, always or never; NO_COLOR is respected.")
  ColorMode color = ColorMode.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Only data and errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more; a node hosted here logs to stderr too.")
  boolean verbose;

  @Option(
      names = {"-y", "--yes"},
      scope = ScopeType.INHERIT,
      description = "Answer yes to this command's own question.")
  boolean yes;

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "Never ask; end where only decisions remain.")
  boolean noInput;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "D",
      description = "Give up waiting after this time, such as 30s, 5m or 2h.")
  @Nullable Duration timeout;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "This text.")
  boolean help;
}
