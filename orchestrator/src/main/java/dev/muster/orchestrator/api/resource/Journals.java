package dev.muster.orchestrator.api.resource;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Cursor;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.orchestrator.readside.view.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The journal as NDJSON, read a page at a time as fast as the caller takes it.
public final class Journals {
  private static final int PAGE_ROWS = 500;
  private static final String NUMBER = "[0-9]{1,18}";
  private static final String ORDER = "journal";

  private final JournalReader journal;
  private final LongSupplier complete;
  private final Executor executor;

  /// @param complete says up to which event nothing can appear any more
  public Journals(JournalReader journal, LongSupplier complete, Executor executor) {
    this.journal = journal;
    this.complete = complete;
    this.executor = executor;
  }

  /// Ends where the journal is complete, so that whoever goes on after the last event misses none.
  Answer stream(String run, long afterSeq) {
    var until = complete.getAsLong();
    return Answer.stream(
        Answer.NDJSON,
        pages(afterSeq, after -> journal.ofRun(run, after, until, PAGE_ROWS), JournalRow::seq));
  }

  /// The same, of which one page is wanted.
  List<JournalRow> page(String run, long afterSeq, int limit) {
    return journal.ofRun(run, afterSeq, complete.getAsLong(), limit);
  }

  Answer stream(Origin origin) {
    return Answer.stream(
        Answer.NDJSON, pages(0, after -> journal.of(origin, after, PAGE_ROWS), JournalRow::number));
  }

  private Source<ByteString, NotUsed> pages(
      long start, LongFunction<List<JournalRow>> read, ToLongFunction<JournalRow> position) {
    return Source.unfoldAsync(
        start,
        after ->
            CompletableFuture.supplyAsync(
                () -> {
                  var rows = read.apply(after);
                  return rows.isEmpty()
                      ? Optional.empty()
                      : Optional.of(Pair.create(position.applyAsLong(rows.getLast()), lines(rows)));
                },
                executor));
  }

  private static ByteString lines(List<JournalRow> rows) {
    var text = new StringBuilder();
    rows.forEach(row -> text.append(Json.text(JournalLine.of(row))).append('\n'));
    return ByteString.fromString(text.toString());
  }

  /// The `after` of the query: only what was written later.
  long after(Call call) {
    return number(call.query("after"), "after");
  }

  long cursor(Call call) {
    var cursor = Cursor.decode(call, ORDER);
    if (cursor != null && !cursor.matches(NUMBER)) throw Cursor.invalid();
    return cursor == null ? 0 : Long.parseLong(cursor);
  }

  String cursor(Call call, long position) {
    return Cursor.encode(call, ORDER, Long.toString(position));
  }

  private static long number(@Nullable String text, String name) {
    if (text == null) return 0;
    if (text.matches(NUMBER)) return Long.parseLong(text);
    throw ProblemException.of(
        400, "invalid-" + name, "expected a number of the journal, found " + text);
  }
}
