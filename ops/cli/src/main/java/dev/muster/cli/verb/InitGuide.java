package dev.muster.cli.verb;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.ModelListings;
import dev.muster.host.NodeFile;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `init` asks at a terminal before it writes a workforce: whether this host is fit, and which
/// language model there is, if any. Every question may be left open.
final class InitGuide {
  private static final List<String> KINDS = List.of("openai", "ollama", "anthropic", "gemini");
  private static final String PROFILE = "first";

  private final Context context;

  InitGuide(Context context) {
    this.context = context;
  }

  private Terminal terminal() {
    return context.terminal();
  }

  void run() {
    var loaded = context.settings(Map.of());
    var checks =
        new HostChecks(context.caller(), loaded.settings(), context.door(loaded).problem()).all();
    checks.forEach(check -> CheckLine.print(terminal(), check));
    var file = context.caller().userFile();
    if (hasModels(file)) {
      terminal().say("Language models are set up in " + file + ": `muster models list`");
      return;
    }
    var kind = kind();
    if (kind == null) return;
    var model = answer("Which model of it?");
    if (model == null) return;
    var url = answer("At which URL? Empty: the service's own.");
    var key =
        kind.equals("ollama") ? null : HiddenInput.read(context, "key of " + kind, false).strip();
    write(file, settings(kind, model, url, key == null ? null : keep(file, kind, key)));
    terminal().say(file + " knows " + kind + " now, and the profile " + PROFILE + ".");
    tryIt(loaded.settings());
  }

  private static boolean hasModels(Path file) {
    try {
      return Files.exists(file) && ConfigFactory.parseFile(file.toFile()).hasPath("models");
    } catch (ConfigException _) {
      return true; // whoever reads it next says what is wrong with it
    }
  }

  private @Nullable String kind() {
    while (true) {
      var kind =
          answer(
              "A language model for what has no script? "
                  + String.join(", ", KINDS)
                  + "; empty: none.");
      if (kind == null || KINDS.contains(kind)) return kind;
      terminal().say("There is no kind '" + Text.line(kind) + "'.");
    }
  }

  private @Nullable String answer(String question) {
    var answer = terminal().ask(question);
    return answer == null || answer.isBlank() ? null : answer.strip();
  }

  /// @param keyFile null where none is needed
  static String settings(String kind, String model, @Nullable String url, @Nullable Path keyFile) {
    var provider = "kind = " + kind;
    if (url != null) provider += "\n    url = " + ConfigUtil.quoteString(url);
    if (keyFile != null) provider += "\n    key = " + ConfigUtil.quoteString("file:" + keyFile);
    return """

    models {
      providers.%1$s {
        %2$s
      }
      profiles.%3$s {
        targets = [%4$s]
        suits = [mechanical, hybrid, creative]
      }
    }
    """
        .formatted(kind, provider, PROFILE, ConfigUtil.quoteString(kind + "/" + model));
  }

  /// Beside the settings, for this user alone.
  private static Path keep(Path userFile, String kind, String key) {
    var file = userFile.resolveSibling("keys").resolve(kind);
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key + "\n");
      return file;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /// What is there stays.
  private static void write(Path file, String block) {
    try {
      Files.createDirectories(file.getParent());
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, block, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static Refusal unwritten(Path file, IOException e) {
    return new Refusal(
        Exit.FAILED, "cannot write " + file + ": " + Text.line(e.toString()), null, e);
  }

  /// A node that runs has read its settings when it began.
  private void tryIt(Settings settings) {
    var node = NodeFile.read(settings.data());
    if (node != null && node.processAlive()) {
      terminal().say("Start the node again, then: `muster models test " + PROFILE + "`");
      return;
    }
    if (!terminal().confirm("Ask it something? That may cost a fraction of a cent.")) return;
    try (var link = context.link(ModelsVerb.need(settings))) {
      terminal().prose(ModelListings.tested(link.api().testModel(PROFILE).view()));
    } catch (Refusal refusal) {
      terminal().error(refusal.words()); // the workforce is written all the same
    }
  }
}
