package dev.muster.cli.verb;

import dev.muster.cli.session.Interrupts;
import dev.muster.cli.session.Jvm;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Pace;
import dev.muster.cli.session.Sessions;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Reach;
import dev.muster.cli.terminal.Streams;
import dev.muster.cli.terminal.Terminal;
import dev.muster.host.DataDoor;
import dev.muster.host.NodeHost;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsReader.Loaded;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.DataFolders;
import dev.muster.host.trust.TrustedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What every verb is given: the surroundings of the process and the flags they share.
public final class Context {
  /// A plan of many files takes a while to check; everything else answers in a blink.
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  private final Globals globals = new Globals();
  private final Surroundings surroundings;
  private final String version;
  private final Set<String> warned = new HashSet<>();

  /// Everything outside the process's own memory.
  public record Surroundings(
      Caller caller,
      Streams streams,
      NodeHost host,
      Pace pace,
      Interrupts interrupts,
      Supplier<Jvm> jvm) {}

  public Context(Surroundings surroundings, String version) {
    this.surroundings = surroundings;
    this.version = version;
  }

  /// The same process, seen from another folder and with other streams.
  Context elsewhere(Caller caller, Streams streams) {
    return new Context(
        new Surroundings(
            caller,
            streams,
            surroundings.host(),
            surroundings.pace(),
            surroundings.interrupts(),
            surroundings.jvm()),
        version);
  }

  Globals globals() {
    return globals;
  }

  String version() {
    return version;
  }

  Caller caller() {
    return surroundings.caller();
  }

  Streams streams() {
    return surroundings.streams();
  }

  Pace pace() {
    return surroundings.pace();
  }

  Interrupts interrupts() {
    return surroundings.interrupts();
  }

  Supplier<Jvm> jvm() {
    return surroundings.jvm();
  }

  OutputFormat output() {
    return globals.output;
  }

  boolean yes() {
    return globals.yes;
  }

  public Terminal terminal() {
    return new Terminal(
        surroundings.streams(),
        surroundings.caller(),
        new Terminal.Manner(
            globals.color,
            globals.quiet,
            globals.verbose,
            globals.noInput,
            globals.output == OutputFormat.WIDE,
            new Reach(globals.data, globals.server)));
  }

  /// When to give up; null for never.
  @Nullable Instant until() {
    var timeout = globals.timeout;
    return timeout == null ? null : pace().now().plus(timeout);
  }

  /// A path as the caller means it.
  Path path(String typed) {
    return caller().folder().resolve(typed).toAbsolutePath().normalize();
  }

  Loaded settings(Map<Setting, String> flags) {
    return settings(flags, caller().environment(), caller().folder());
  }

  /// As they look from another folder, or with other variables.
  Loaded settings(Map<Setting, String> flags, Map<String, String> environment, Path folder) {
    var all = new EnumMap<Setting, String>(Setting.class);
    all.putAll(flags);
    var data = globals.data;
    if (data != null) {
      all.put(Setting.DATA, data);
    }
    var server = globals.server;
    if (server != null) {
      all.put(Setting.SERVER, server);
    }
    return SettingsReader.read(
        new SettingsSources(all, environment, folder, caller().userFile(), caller().state()));
  }

  Settings settings() {
    return settings(Map.of()).settings();
  }

  TrustedFiles trusted() {
    return new TrustedFiles(caller().state());
  }

  /// What has to be passed before anything in the data folder is believed.
  DataDoor door(Loaded loaded) {
    var chosen =
        loaded.resolved().stream()
            .anyMatch(it -> it.setting() == Setting.DATA && !it.origin().equals("default"));
    var settings = loaded.settings();
    return new DataDoor(
        settings.data(),
        new DataFolders(caller().state(), settings.dataTrust() == Settings.DataTrust.VOLUME),
        chosen ? null : caller().folder().resolve(".muster"),
        this::warnOnce);
  }

  private void warnOnce(String words) {
    if (warned.add(words)) terminal().warn(words);
  }

  Link link(Need need) {
    return link(need, settings(Map.of()), false);
  }

  /// @param portMayMove when nobody chose the port and it is taken, any other will do
  Link link(Need need, Loaded loaded, boolean portMayMove) {
    var portChosen =
        loaded.resolved().stream()
            .anyMatch(r -> r.setting() == Setting.PORT && !r.origin().equals("default"));
    var timeout = globals.timeout;
    var answerMax = timeout == null || timeout.compareTo(ANSWER_MAX) > 0 ? ANSWER_MAX : timeout;
    var sessions =
        new Sessions(
            surroundings.host(),
            loaded.settings(),
            door(loaded),
            new Sessions.Manner(portMayMove && !portChosen, globals.verbose, answerMax, until()),
            caller().environment(),
            pace(),
            terminal()::detail,
            terminal()::say);
    return Link.open(sessions, need, surroundings.interrupts(), terminal()::say);
  }
}
