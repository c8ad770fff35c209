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
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.wire.ModelNames;
import dev.muster.orchestrator.readside.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `init` asks at a terminal before it writes a workforce: whether this host is fit, which
/// language model there is, and who is to be told, if anybody. Every question may be left open.
final class InitGuide {
  private static final List<String> KINDS = List.of("openai", "ollama", "anthropic", "gemini");
  private static final String PROFILE = "first";
  private static final int KEY_BYTES = 32;

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
    if (has(file, "models")) {
      terminal().say("Language models are set up in " + file + ": `muster models list`");
    } else {
      model(file, loaded.settings());
    }
    if (!has(file, "webhooks") && !has(file, "webhook")) channel(file);
  }

  /// Nobody sits before a screen all night.
  private void channel(Path file) {
    while (true) {
      var url = answer("A program to tell of approvals and ends of runs? Its URL; empty: none.");
      if (url == null) return;
      try {
        new WebhookTarget(URI.create(url), "-".repeat(WebhookTarget.KEY_CHARS_MIN));
      } catch (IllegalArgumentException e) {
        terminal().say("That will not do: " + Text.line(String.valueOf(e.getMessage())));
        continue;
      }
      var drawn = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(drawn);
      var key = keep(file, "webhook", HexFormat.of().formatHex(drawn));
      write(
          file,
          """

          webhooks.first {
            url = %s
            key = %s
          }
          """
              .formatted(ConfigUtil.quoteString(url), ConfigUtil.quoteString("file:" + key)));
      terminal().say("It is told from the next start of the node; the key that signs is in " + key);
      return;
    }
  }

  private void model(Path file, Settings settings) {
    var kind = kind();
    if (kind == null) return;
    var url = answer("At which URL? Empty: the service's own.");
    var key =
        kind.equals("ollama") ? null : HiddenInput.read(context, "key of " + kind, false).strip();
    var model = which(kind, url, key == null ? "" : key);
    if (model == null) return;
    write(file, settings(kind, model, url, key == null ? null : keep(file, kind, key)));
    terminal().say(file + " knows " + kind + " now, and the profile " + PROFILE + ".");
    tryIt(settings);
  }

  /// Empty takes the first that the provider lists, where it lists any.
  private @Nullable String which(String kind, @Nullable String url, String key) {
    var first = first(ProviderKind.valueOf(kind.toUpperCase(Locale.ROOT)), url, key);
    var answer =
        answer("Which model of it? Empty: " + (first == null ? "none." : Text.line(first) + "."));
    return answer == null ? first : answer;
  }

  private @Nullable String first(ProviderKind kind, @Nullable String url, String key) {
    try {
      var at = url == null ? kind.standardUrl() : URI.create(url.replaceFirst("/+$", ""));
      var names = ModelNames.of(kind, at, key);
      if (names.isEmpty()) terminal().say("It lists no model that answers questions.");
      return names.isEmpty() ? null : names.getFirst();
    } catch (IllegalArgumentException _) { // whose message may hold the key
      terminal().say("It was not asked which models it has: that is no URL, or no key.");
    } catch (IOException e) {
      var why = e.getMessage() == null ? "nobody answers" : e.getMessage();
      terminal().say("It does not say which models it has: " + Text.line(why));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static boolean has(Path file, String part) {
    try {
      return Files.exists(file) && ConfigFactory.parseFile(file.toFile()).hasPath(part);
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
      terminal().prose(ModelListings.tested(link.api().system().testModel(PROFILE).view()));
    } catch (Refusal refusal) {
      terminal().error(refusal.words()); // the workforce is written all the same
    }
  }
}
