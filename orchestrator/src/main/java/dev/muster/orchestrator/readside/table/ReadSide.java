package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.tail.JournalMark;
import dev.muster.orchestrator.journal.tail.Tail;
import dev.muster.orchestrator.journal.tail.TailReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// The tail of one database with the readers that fill the tables, and what the tables answer.
public record ReadSide(
    JournalMark mark, Tail tail, RunViews runs, GateViews gates, CommonsViews commons) {
  /// Reads and writes nothing yet; nothing is moved on but by questions until the tail is started.
  public static ReadSide of(DataSource database, InstantSource clock) {
    return of(database, clock, List.of());
  }

  /// @param others who read the journal beside the tables
  public static ReadSide of(DataSource database, InstantSource clock, List<TailReader> others) {
    var mark = new JournalMark(database);
    var readers = new ArrayList<TailReader>(others);
    readers.addFirst(new CommonsReader());
    readers.addFirst(new RunsReader());
    var tail = new Tail(database, mark, readers);
    return new ReadSide(
        mark,
        tail,
        new RunViews(database, tail, clock),
        new GateViews(database, tail),
        new CommonsViews(database, tail));
  }
}
