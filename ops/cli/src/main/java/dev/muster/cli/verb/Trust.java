package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigException;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.Adoption;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import dev.muster.host.trust.DataFolders;
import dev.muster.host.trust.PlainFile;
import dev.muster.host.trust.TrustedFiles;
import dev.muster.orchestrator.engine.plan.PlainHocon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "trust",
    description = {
      "Let a folder's muster.conf, as it is now, set everything; or, with --data DIR, say that a"
          + " data folder is yours.",
    })
final class Trust extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder with a muster.conf that you have read.")
  @Nullable String dir;

  @Option(names = "--list", description = "The files that are trusted.")
  boolean list;

  @Option(names = "--remove", description = "Trust DIR no longer.")
  boolean remove;

  @Option(names = "--move", description = "With --data DIR: move it to where data are kept now.")
  boolean move;

  Trust(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var data = context.globals().data;
    var folder = dir;
    if (list) return list();
    if (folder != null && (data != null || move)) throw misused();
    try {
      if (folder != null) return remove ? remove(folder) : trust(folder);
    } catch (IOException e) {
      throw new Refusal(Exit.NOT_ALLOWED, Text.line(String.valueOf(e.getMessage())), null, e);
    }
    if (data == null || remove) throw misused();
    return adopt(context.path(data));
  }

  private static Refusal misused() {
    return new Refusal(
        Exit.USAGE,
        "expected a folder with a muster.conf, or a data folder",
        "`muster trust DIR`, `muster trust --data DIR [--move]` or `muster trust --list`");
  }

  private int trust(String folder) throws IOException {
    var file = file(folder);
    var content = PlainFile.read(file, PlainHocon.BYTES_MAX);
    if (content == null) {
      throw new Refusal(Exit.NOT_FOUND, "expected a file " + file + ", found none", null);
    }
    show(file, content);
    context.trusted().trust(file, content);
    terminal().say(file + " is trusted as it is now; when it changes it is not any more.");
    return Exit.OK;
  }

  /// What the user says yes to.
  private void show(Path file, byte[] content) {
    try {
      var config = PlainHocon.parse(file.toString(), new String(content, StandardCharsets.UTF_8));
      for (var entry : config.entrySet()) {
        var setting = Setting.ofKey(entry.getKey());
        var value = setting != null && setting.secret() ? "***" : entry.getValue().render();
        terminal().say("  " + Text.line(entry.getKey() + " = " + value));
      }
    } catch (ConfigException e) {
      throw new Refusal(
          Exit.USAGE,
          "expected HOCON in " + file + ", found: " + Text.line(String.valueOf(e.getMessage())),
          null,
          e);
    }
  }

  private int remove(String folder) throws IOException {
    var file = file(folder);
    var was = context.trusted().remove(file);
    terminal().say(file + (was ? " is trusted no longer." : " was not trusted."));
    return was ? Exit.OK : Exit.NOT_FOUND;
  }

  private Path file(String folder) {
    var path = context.path(folder);
    return path.endsWith("muster.conf") && !Files.isDirectory(path)
        ? path
        : path.resolve("muster.conf");
  }

  private int list() {
    try {
      var all = context.trusted().all();
      switch (context.output()) {
        case JSON -> terminal().data(Json.pretty(Json.items(all.stream().map(Trust::json))));
        case JSONL -> all.forEach(entry -> terminal().data(Json.line(json(entry))));
        case NAME -> all.forEach(entry -> terminal().data(entry.file().toString()));
        case TABLE, WIDE -> table(all);
      }
      return Exit.OK;
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, String.valueOf(e.getMessage()), null, e);
    }
  }

  private void table(List<TrustedFiles.Entry> all) {
    if (all.isEmpty()) {
      terminal().say("No folder's muster.conf is trusted.");
      return;
    }
    var table = new Table(List.of(Column.key("FILE"), Column.text("STATE"), Column.text("SINCE")));
    all.forEach(it -> table.row(it.file().toString(), state(it), Text.time(it.since())));
    table.print(terminal());
  }

  private static ObjectNode json(TrustedFiles.Entry entry) {
    return Json.MAPPER
        .createObjectNode()
        .put("file", entry.file().toString())
        .put("state", state(entry))
        .put("sha256", entry.sha256());
  }

  private static String state(TrustedFiles.Entry entry) {
    try {
      var content = PlainFile.read(entry.file(), PlainHocon.BYTES_MAX);
      if (content == null) return "gone";
      return entry.isOf(content) ? "trusted" : "changed";
    } catch (IOException _) {
      return "changed";
    }
  }

  private int adopt(Path data) {
    var state = context.caller().state();
    var adoption = new Adoption(state, new DataFolders(state, false), data);
    if (move) {
      terminal().say(data + " is yours, and moved to " + adoption.move() + ".");
    } else {
      adoption.adopt();
      terminal().say(data + " is yours: it is used from now on.");
    }
    return Exit.OK;
  }
}
