package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.client.Api;
import dev.muster.client.Fetched;
import dev.muster.client.VersionsApi;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.InstructionVersion;
import dev.muster.protocol.view.VersionDiff;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The texts that an instruction has had: listed, printed, compared.
final class Versions {
  private static final int DIGEST_CHARS = 12;
  private static final Pattern FILE = Pattern.compile("(WORKER_\\d+)(_.*)?[.]md");
  private static final Pattern RUN = Pattern.compile("last|run_[A-Za-z0-9]+");

  private final Context context;
  private final VersionsApi api;
  private final Of of;

  /// @param file that holds one of them now; null where none was named
  private record Of(String workforce, String worker, @Nullable Path file) {}

  /// @param typed a file, `WORKFORCE/WORKER_014` or `RUN/WORKER_014`
  Versions(Context context, Api api, String typed, @Nullable String workforce) {
    this.context = context;
    this.of = of(context, api, typed, workforce);
    this.api = api.versions(of.workforce(), of.worker());
  }

  private static Of of(Context context, Api api, String typed, @Nullable String workforce) {
    var path = context.path(typed);
    var file = FILE.matcher(String.valueOf(path.getFileName()));
    if (file.matches()) {
      var folder = path.getParent() == null ? null : path.getParent().getFileName();
      var named = workforce == null ? String.valueOf(folder) : workforce;
      return new Of(named, file.group(1), path);
    }
    var slash = typed.lastIndexOf('/');
    if (slash < 0 && workforce != null) return new Of(workforce, typed, null);
    if (slash <= 0) {
      throw new Refusal(
          Exit.USAGE,
          "expected a file, WORKFORCE/WORKER_014 or RUN/WORKER_014, found " + Text.line(typed),
          null);
    }
    var before = typed.substring(0, slash);
    var worker = typed.substring(slash + 1);
    if (!RUN.matcher(before).matches()) return new Of(before, worker, null);
    return new Of(new References(api).run(before).view().workforce(), worker, null);
  }

  int list() {
    new Listing<InstructionVersion>(InstructionVersion::digest)
        .column("VERSION", 0, it -> brief(it.digest()))
        .column("LAST USED", 1, it -> Text.time(it.lastAt()))
        .column("RUNS", 2, it -> Integer.toString(it.runs()))
        .column("COMPLETED", 3, it -> Integer.toString(it.completed()))
        .column("LAST RUN", 2, it -> orDash(it.lastRun()))
        .text("SAVED BY", 1, Versions::by)
        .wide("STARTED BY", it -> orDash(it.lastRunBy()))
        .wide("FIRST USED", it -> Text.time(it.firstAt()))
        .wide("SAVED IN", it -> orDash(it.folder()))
        .print(
            context.terminal(),
            context.output(),
            all(),
            "No run of the workforce %s took a text of %s that is remembered, and none was saved."
                .formatted(Text.line(of.workforce()), Text.line(of.worker())));
    return Exit.OK;
  }

  int text(String digest) {
    var text = api.text(found(digest).digest());
    // Into a file it goes as it is; a terminal is not told to do anything.
    var onScreen = context.caller().terminals().out();
    context.terminal().raw(onScreen ? Text.block(text) : text);
    if (onScreen && !text.endsWith("\n")) context.terminal().raw("\n");
    return Exit.OK;
  }

  /// @param against another; null for the file as it is now, or else the last that was used
  int diff(String digest, @Nullable String against) {
    var from = found(digest).digest();
    var file = of.file();
    var diff =
        against == null && file != null
            ? api.diffTo(from, InstructionFile.text(file))
            : api.diff(from, against == null ? newest() : found(against).digest());
    Listing.printOne(
        context.terminal(), context.output(), diff, diff.view().to(), () -> words(diff.view()));
    return Exit.OK;
  }

  private void words(VersionDiff diff) {
    var terminal = context.terminal();
    terminal.data(
        terminal.styledMessage(Style.BOLD, brief(diff.from()))
            + "  to %s: %s more, %d less"
                .formatted(brief(diff.to()), Text.count(diff.added(), "line"), diff.removed()));
    if (diff.diff().isEmpty()) terminal.data("  they are the same");
    for (var line : Scrutiny.lines(diff.diff())) terminal.data("  " + line);
    if (diff.cut()) terminal.data("  (the rest is left out: 256 KiB are shown)");
  }

  private List<Fetched<InstructionVersion>> all() {
    return api.all().toList();
  }

  private String newest() {
    return all().stream().findFirst().orElseThrow(() -> none("newest")).view().digest();
  }

  private InstructionVersion found(String beginning) {
    var those =
        all().stream().map(Fetched::view).filter(it -> it.digest().startsWith(beginning)).toList();
    if (those.isEmpty()) throw none(beginning);
    if (those.size() > 1) {
      throw new Refusal(
          Exit.USAGE,
          "expected one version that begins with %s, found %d"
              .formatted(Text.line(beginning), those.size()),
          "type more of it");
    }
    return those.getFirst();
  }

  private Refusal none(String what) {
    return new Refusal(
        Exit.NOT_FOUND,
        "%s of %s has no version %s"
            .formatted(Text.line(of.worker()), Text.line(of.workforce()), Text.line(what)),
        "see: `muster instructions versions %s`"
            .formatted(Text.quoted(Text.line(of.workforce() + "/" + of.worker()))));
  }

  private static String brief(String digest) {
    return digest.substring(0, Math.min(DIGEST_CHARS, digest.length()));
  }

  private static String by(InstructionVersion it) {
    if (it.savedBy() != null) return it.savedBy();
    return it.runs() > 0 ? "-" : "nobody: it lay there";
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
