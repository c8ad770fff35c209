package dev.muster.orchestrator.journal.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.MetaRecord;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/// What an H2 file defines, read from its store without opening the database: H2 carries out the
/// definitions it finds when it opens one, and with them whatever code somebody has put there.
final class JournalDefinitions {
  /// Of H2, for the table of definitions.
  private static final String DEFINITIONS = "table.0";

  static {
    // Should one slip through, it finds no class that it may load. H2 reads this once.
    System.setProperty("h2.allowedClasses", "none");
  }

  private JournalDefinitions() {}

  /// What in the file has no place in a journal, in words; null when nothing has.
  ///
  /// @throws MVStoreException when the file is damaged
  /// @throws FileInUse when another process has it open
  static @Nullable String problem(Path file) {
    try (var store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      for (var row : rows(store)) {
        var definition = new MetaRecord(row);
        var problem = PlainDefinition.problem(definition.getObjectType(), definition.getSQL());
        if (problem != null) return problem;
      }
      return null;
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) throw new FileInUse(e);
      throw e;
    }
  }

  /// As they are, as they were before changes that were not finished, and as they will be after
  /// them: when the database opens it decides which of these count.
  private static List<SearchRow> rows(MVStore store) {
    if (!store.hasMap(DEFINITIONS)) return List.of();
    var rows = new ArrayList<SearchRow>();
    var transactions = new TransactionStore(store, new ValueDataType());
    transactions.init();
    TransactionMap<Long, SearchRow> map = transactions.begin().openMap(DEFINITIONS);
    var cursor = map.map.cursor(null);
    while (cursor.hasNext()) {
      cursor.next();
      add(rows, cursor.getValue().getCurrentValue());
      add(rows, cursor.getValue().getCommittedValue());
    }
    for (var open : transactions.getOpenTransactions()) {
      var changes = open.getChanges(0);
      while (changes.hasNext()) {
        var change = changes.next();
        if (change.mapName.equals(DEFINITIONS)) add(rows, (SearchRow) change.value);
      }
    }
    return rows;
  }

  private static void add(List<SearchRow> rows, @Nullable SearchRow row) {
    if (row != null) rows.add(row);
  }

  static final class FileInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FileInUse(Throwable cause) {
      super(cause);
    }
  }
}
