package dev.muster.orchestrator.journal.collection;

import dev.muster.orchestrator.journal.collection.CollectionTable.Outcome;
import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.protocol.worker.Artifacts;
import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Removes the contents of the artifact store that nobody names and nobody has put, or asked for,
/// for a while. First it marks what is named, then it goes through what there is: whatever was put
/// before the marking began has been named by then, or never will be, and what is put again is
/// young. At any moment it may be killed: nothing but a content goes, and each goes at once.
///
/// One node does it at a time, once a day and after runs were deleted. It never begins within five
/// minutes of that, and never goes on when it happens meanwhile: a run that takes over what an
/// earlier one has completed reads of it first and names it then.
public final class Collector {
  private static final String LEASE = "artifact-collection";

  /// Renewed with each page and each shelf.
  private static final Duration LEASE_TIME = Duration.ofMinutes(10);

  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration MORE = Duration.ofMinutes(10);

  private final DataSource database;
  private final Artifacts artifacts;
  private final StoredContents contents;
  private final Limits limits;
  private final String node;
  private final InstantSource clock;
  private final CollectionTable table;
  private final LeaseTable leases;

  /// @param grace how long a content stays that nobody names
  /// @param removedMax at once; the rest goes ten minutes later
  public record Limits(Duration grace, int removedMax) {
    /// What a store says of when a content was put may be an hour old.
    public static final Duration GRACE_MIN = Duration.ofHours(2);

    private static final int REMOVED_MAX = 20_000;

    public Limits {
      if (grace.compareTo(GRACE_MIN) < 0) throw new IllegalArgumentException("grace is " + grace);
    }

    public static Limits of(Duration grace) {
      return new Limits(grace, REMOVED_MAX);
    }
  }

  /// @param removed contents
  public record Collected(long looked, int removed, long bytes, @Nullable String said) {}

  /// There is a reason to stop, which is no failure.
  private static final class Ended extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    Ended(String why) {
      super(why);
    }
  }

  public Collector(
      DataSource database,
      Artifacts artifacts,
      StoredContents contents,
      Limits limits,
      String node,
      InstantSource clock) {
    this.database = database;
    this.artifacts = artifacts;
    this.contents = contents;
    this.limits = limits;
    this.node = node;
    this.clock = clock;
    this.table = new CollectionTable(database);
    this.leases = new LeaseTable(database);
  }

  /// Null when nothing is due, or another node is at it.
  ///
  /// @param enough ends it early; what is left is done when it is due again
  public @Nullable Collected collectIfDue(BooleanSupplier enough) throws IOException, SQLException {
    var due = table.due();
    if (due == null || !leases.take(LEASE, node, LEASE_TIME)) return null;
    try {
      return new Pass(due, enough).collect();
    } finally {
      leases.release(LEASE, node);
    }
  }

  private final class Pass {
    private final Instant due;
    private final BooleanSupplier enough;
    private final Instant before = clock.instant().minus(limits.grace());
    private long looked;
    private int removed;
    private long bytes;

    Pass(Instant due, BooleanSupplier enough) {
      this.due = due;
      this.enough = enough;
    }

    Collected collect() throws IOException, SQLException {
      var said = contents.untouchable();
      var again = EVERY;
      if (said == null) {
        try {
          sweep();
        } catch (Ended e) {
          said = e.getMessage();
          again = MORE;
        }
      }
      // Only who still has the lease says what it came to.
      if (leases.take(LEASE, node, LEASE_TIME)) {
        table.ended(due, new Outcome(clock.instant(), node, looked, removed, bytes, said), again);
      }
      return new Collected(looked, removed, bytes, said);
    }

    private void sweep() throws IOException, SQLException {
      contents.tidy(before);
      var named = Named.marks(database, artifacts, this::goOn);
      // What is marked now was read while no run was deleted.
      if (!due.equals(table.due())) throw new Ended("a run was deleted meanwhile");
      for (var shelf = 0; shelf < StoredContents.SHELVES; shelf++) {
        goOn();
        for (var content : contents.shelf(shelf)) look(content, named);
      }
    }

    private void look(StoredContents.Stored content, Marks named) throws IOException {
      looked++;
      if (!content.putAt().isBefore(before)) return;
      if (named.mayHave(Mentions.ascii(content.sha256()), 0)) return;
      if (removed == limits.removedMax()) throw new Ended("there is more to remove");
      var gone = contents.remove(content.sha256(), before);
      if (gone < 0) return;
      removed++;
      bytes += gone;
    }

    private void goOn() throws IOException, SQLException {
      if (enough.getAsBoolean()) throw new Ended("the node stops");
      if (!leases.take(LEASE, node, LEASE_TIME)) throw new Ended("another node has taken over");
    }
  }
}
