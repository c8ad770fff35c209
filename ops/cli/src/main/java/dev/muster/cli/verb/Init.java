package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description = "A first workforce to change, its format, a muster.conf; overwrites nothing.",
    footer = {
      "",
      "At a terminal it first looks over this host and asks for a language model and for",
      "a webhook; each question may be left open. --no-input only writes."
    })
final class Init extends Verb {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      defaultValue = "instructions/first",
      description = "Where the workforce goes (${DEFAULT-VALUE}).")
  String folder = "";

  Init(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var files = files();
    for (var file : files.keySet()) {
      if (Files.exists(file)) {
        throw new Refusal(
            Exit.CONFLICT,
            "expected nothing at " + file + ", found a file; nothing was written",
            "choose another folder: `muster init FOLDER`");
      }
    }
    var other = instruction(context.path(folder));
    if (other != null) {
      throw new Refusal(
          Exit.CONFLICT,
          "expected a folder without instruction files, found "
              + Text.line(other)
              + " in "
              + folder
              + ", which the starter's would stand beside under the same numbers; nothing was"
              + " written",
          "judge what is there: `muster lint "
              + Text.quoted(folder)
              + "`, or choose another folder");
    }
    if (terminal().interactive() && !context.yes()) new InitGuide(context).run();
    files.forEach(this::write);
    var quoted = Text.quoted(folder);
    terminal().say("Next: `muster lint " + quoted + "`, then `muster run " + quoted + "`");
    return Exit.OK;
  }

  /// The name of one that lies there already; null when none does.
  private static @Nullable String instruction(Path folder) {
    if (!Files.isDirectory(folder)) return null;
    try (var files = Files.newDirectoryStream(folder, "[wW][oO][rR][kK][eE][rR]_[0-9]*")) {
      for (var file : files) return String.valueOf(file.getFileName());
      return null;
    } catch (IOException | DirectoryIteratorException e) {
      throw new Refusal(
          Exit.FAILED,
          "cannot read " + folder + ": " + Text.line(String.valueOf(e.getMessage())),
          null,
          e);
    }
  }

  /// The current folder's `muster.conf` is left alone when there is one.
  private Map<Path, String> files() {
    var files = new LinkedHashMap<Path, String>();
    var path = context.path(folder);
    for (var name : new String[] {"WORKER_001_List.md", "WORKER_002_Count.md"}) {
      files.put(path.resolve(name), "/init/" + name);
    }
    files.put(path.resolve("TEN_POINT.md"), FormatReference.RESOURCE);
    var settings = context.path("muster.conf");
    if (!Files.exists(settings)) {
      files.put(settings, "/init/muster.conf");
    }
    return files;
  }

  private void write(Path file, String resource) {
    try (var in = Init.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + resource);
      }
      var parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(
          file,
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW);
      terminal().data(file.toString());
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(Exit.CONFLICT, "expected nothing at " + file + ", found a file", null, e);
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED,
          "cannot write " + file + ": " + Text.line(String.valueOf(e.getMessage())),
          null,
          e);
    }
  }
}
