package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import dev.muster.protocol.view.CollectionView;
import dev.muster.protocol.view.ReaderStanding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "admin", description = "Look after the installation: readers, rebuild, collection.")
final class Admin extends Noun {
  private static final long MEGABYTE = 1_000_000;

  Admin(Context context) {
    super(context);
  }

  @Command(description = "Who reads the journal, and how far each has come.")
  int readers() {
    return withNode(link -> {
      Listings.readers().print(terminal(), context.output(), link.api().system().readers(), "");
      return Exit.OK;
    });
  }

  @Command(
      description =
          "What was removed from the artifact store because no run names it any more: once a day,"
              + " and soon after runs were deleted.")
  int collection() {
    return withNode(link -> {
      var last = link.api().system().collection();
      Listing.printOne(terminal(), context.output(), last, "", () -> say(last.view()));
      return Exit.OK;
    });
  }

  private void say(CollectionView last) {
    var ended = last.endedAt();
    if (ended == null) {
      terminal().prose("Nothing was collected yet.");
    } else {
      terminal()
          .prose(
              "%s on %s: removed %,d of %,d contents, %,d MB."
                  .formatted(
                      Text.time(ended),
                      last.node(),
                      last.removed(),
                      last.looked(),
                      last.bytes() / MEGABYTE));
    }
    if (last.said() != null) terminal().prose("It says: %s.".formatted(last.said()));
    if (last.dueAt() != null)
      terminal().prose("The next is due at %s.".formatted(Text.time(last.dueAt())));
  }

  @Command(
      description =
          "Drop what is told of runs, and write it anew from the journal. Nothing of the journal"
              + " changes, and runs go on; lists wait until it is done.")
  int rebuild(
      @Parameters(
              arity = "0..1",
              paramLabel = "READER",
              description =
                  "Which reader; all that write tables unless given. The reader webhook writes"
                      + " none: named, it tells again what happened within the last hour.")
          @Nullable String reader) {
    return withNode(link -> {
      var all = link.api().system().readers().map(it -> it.view()).map(ReaderStanding::reader);
      var tables = all.filter(it -> !it.equals(ReaderStanding.WEBHOOK)).toList();
      var chosen = reader == null ? tables : List.of(reader);
      for (var each : chosen) {
        link.api().system().rebuild(each);
        terminal()
            .prose("%s is being built anew; muster admin readers says how far.".formatted(each));
      }
      return Exit.OK;
    });
  }
}
