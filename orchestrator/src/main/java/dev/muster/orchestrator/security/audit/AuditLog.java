package dev.muster.orchestrator.security.audit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends to the audit log, in the database and as lines of `security_audit.jsonl`, by one thread
/// behind a bounded queue.
///
/// What changes or decides something is not carried out before its intent is written: where that
/// cannot be done within seconds, the change is refused. What is only to be remembered (refusals,
/// outcomes) never makes anybody wait: where the queue is full it is counted, and the number is
/// written as soon as there is room.
public final class AuditLog implements AutoCloseable {
  private static final Logger LINES = LoggerFactory.getLogger("muster.audit");
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int QUEUE_MAX = 1_000;
  private static final int BATCH_MAX = 100;
  private static final int PAGE = 500;
  private static final int WRITTEN_WITHIN_SECONDS = 5;

  private final AuditTable table;
  private final Function<Object, String> json;
  private final InstantSource clock;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;
  private final @Nullable AuditLines kept;

  /// @param entry null to wake the writer up for the end: it is never interrupted, since H2 closes
  ///   its file when one of its users is
  ///
  /// @param source what it is told apart by; null where nobody tells it twice
  private record Waiting(
      @Nullable Entry entry, @Nullable String source, CompletableFuture<Long> written) {
    Waiting(@Nullable Entry entry) {
      this(entry, null, new CompletableFuture<>());
    }
  }

  private AuditLog(
      DataSource database,
      Function<Object, String> json,
      InstantSource clock,
      @Nullable AuditLines kept) {
    this.kept = kept;
    this.table = new AuditTable(database);
    this.json = json;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("audit-log").unstarted(this::write);
  }

  /// One whose lines nobody keeps.
  ///
  /// @param json writes a record on one line
  public static AuditLog open(
      DataSource database, Function<Object, String> json, InstantSource clock) {
    return start(new AuditLog(database, json, clock, null));
  }

  /// @param lines the file that its lines go to
  public static AuditLog open(
      DataSource database, Function<Object, String> json, InstantSource clock, Path lines) {
    return start(new AuditLog(database, json, clock, new AuditLines(lines)));
  }

  private static AuditLog start(AuditLog log) {
    log.writer.start();
    return log;
  }

  /// Returns once it is written.
  ///
  /// @throws Unwritten when it cannot be: then nothing may be done
  public void require(Entry entry) {
    await(new Waiting(entry));
  }

  /// Returns once it is written, now or earlier.
  ///
  /// @param source what it is told apart by, at most 300 characters
  /// @throws Unwritten when it cannot be
  public void once(String source, Entry entry) {
    await(new Waiting(entry, source, new CompletableFuture<>()));
  }

  private void await(Waiting waiting) {
    try {
      var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WRITTEN_WITHIN_SECONDS);
      if (!queue.offer(waiting, WRITTEN_WITHIN_SECONDS, TimeUnit.SECONDS)) throw unwritten(null);
      waiting.written().get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unwritten(null);
    } catch (ExecutionException | TimeoutException e) {
      throw unwritten(e);
    }
  }

  private static Unwritten unwritten(@Nullable Throwable cause) {
    return new Unwritten(cause);
  }

  /// What was to be written first could not be.
  public static final class Unwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unwritten(@Nullable Throwable cause) {
      super("the audit log cannot be written, and nothing is changed without it: try again", cause);
    }
  }

  /// Never waits.
  public void note(Entry entry) {
    if (!queue.offer(new Waiting(entry))) lost.incrementAndGet();
  }

  private void write() {
    var batch = new ArrayList<Waiting>();
    while (!closing || !queue.isEmpty()) {
      try {
        var first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) continue;
        batch.add(first);
        queue.drainTo(batch, BATCH_MAX);
        batch.removeIf(it -> it.entry() == null);
        if (!batch.isEmpty()) write(batch);
      } catch (InterruptedException _) {
        closing = true;
      } finally {
        batch.clear();
      }
    }
  }

  private void write(List<Waiting> batch) {
    var missing = lost.getAndSet(0);
    try {
      var texts = new ArrayList<>(batch.stream().flatMap(it -> text(it).stream()).toList());
      if (missing > 0) texts.add(text(lost(missing), null));
      var links = table.append(texts);
      links.forEach(link -> LINES.info("{}", AuditLines.line(link)));
      batch.forEach(it -> it.written().complete(0L));
    } catch (SQLException | RuntimeException e) {
      lost.addAndGet(missing + batch.stream().filter(it -> !isAwaited(it)).count());
      LOG.error("the audit log cannot be written", e);
      batch.forEach(it -> it.written().completeExceptionally(e));
    }
  }

  private List<AuditTable.Text> text(Waiting waiting) {
    var entry = waiting.entry();
    return entry == null ? List.of() : List.of(text(entry, waiting.source()));
  }

  private AuditTable.Text text(Entry entry, @Nullable String source) {
    return new AuditTable.Text(entry.kind().name(), json.apply(entry), source);
  }

  /// Whoever waits hears of it, and does nothing; of the others the number is kept.
  private static boolean isAwaited(Waiting waiting) {
    var entry = waiting.entry();
    return waiting.source() != null || (entry != null && entry.kind() == Entry.Kind.INTENT);
  }

  private Entry lost(long times) {
    return new Entry(
        clock.instant(),
        Entry.Kind.LOST,
        "muster",
        null,
        null,
        "append",
        "the queue was full or the database away",
        null,
        null,
        times);
  }

  /// Newest first.
  ///
  /// @param seq only those before it
  public List<Chain.Link> before(long seq, int count) {
    return before(seq, count, null);
  }

  /// @param kind only of that; null for all
  public List<Chain.Link> before(long seq, int count, Entry.@Nullable Kind kind) {
    return table.before(seq, count, kind == null ? null : kind.name());
  }

  /// Reads all of it, a page at a time, and holds it against the lines that this node has kept.
  public Chain.Verdict verify() {
    var hashes = kept == null ? new TreeMap<Long, String>() : kept.hashes();
    return Chain.verify(
        hashes,
        new Iterator<>() {
          private List<Chain.Link> page = List.of();
          private int at;
          private long seq;

          @Override
          public boolean hasNext() {
            if (at < page.size()) return true;
            page = table.after(seq, PAGE);
            at = 0;
            return !page.isEmpty();
          }

          @Override
          public Chain.Link next() {
            if (!hasNext()) throw new NoSuchElementException();
            var link = page.get(at++);
            seq = link.seq();
            return link;
          }
        });
  }

  @Override
  public void close() {
    closing = true;
    queue.offer(new Waiting(null));
    try {
      writer.join(2_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
