package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.texts;

import dev.muster.node.sql.SqlDoor;
import dev.muster.node.sql.SqlReading;
import dev.muster.node.sql.SqlStatement;
import dev.muster.node.sql.UnansweredException;
import dev.muster.node.tools.Parameters.Parameter;
import dev.muster.node.tools.Parameters.UnfitException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Asks databases that the settings name, where the instruction's BOUNDARIES name them, too. What
/// is sure to read only is answered at once; anything else is an operation.
public final class SqlTool {
  private static final String NAME = "sql";
  private static final int STATEMENT_CHARS_MAX = 20_000;

  private SqlTool() {}

  /// One tool for all sources that may be asked, or none.
  ///
  /// @param boundaries of the instruction, as written
  public static List<Tool> of(Collection<SqlDoor> doors, List<String> boundaries) {
    var named = new ArrayList<SqlDoor>();
    for (var door : doors) {
      if (NamedByBoundaries.isNamed(boundaries, NAME + "_" + door.source().name())) named.add(door);
    }
    return named.isEmpty() ? List.of() : List.of(tool(named));
  }

  private static Tool tool(List<SqlDoor> doors) {
    var names = doors.stream().map(it -> it.source().name()).toList();
    return CheckedTool.of(
        NAME,
        "Ask a PostgreSQL database, one statement a call. A plain query (SELECT with common"
            + " functions and no comments) is answered at once, with so many rows as the answer"
            + " says. Anything else is asked about first, as it stands, and then carried out once"
            + " in a transaction of its own; a no ends your work.",
        Parameters.of(
            new Parameter("source", Parameters.Type.TEXT, "which database", 0, 100, true, names),
            text("statement", "with `?` for each parameter", STATEMENT_CHARS_MAX),
            texts("parameters", "in the order of the `?`; the database makes of each what fits"),
            NetworkTools.why()),
        (given, place) -> {
          var door =
              doors.stream()
                  .filter(it -> it.source().name().equals(given.text("source")))
                  .findFirst()
                  .orElseThrow();
          Reach.network(place, "sql on " + door.source().name());
          try {
            var statement = SqlStatement.of(given.text("statement"), given.texts("parameters"));
            return SqlReading.is(statement)
                ? new ToolPlan.Look(() -> look(door, statement))
                : new ToolPlan.Statement(
                    door, statement, given.has("why") ? given.text("why") : null);
          } catch (UnansweredException e) {
            throw new UnfitException(String.valueOf(e.getMessage()));
          }
        });
  }

  private static ToolOutcome look(SqlDoor door, SqlStatement statement)
      throws InterruptedException {
    var answer = door.look(statement);
    return new ToolOutcome(answer.text(), answer.failed());
  }
}
