package dev.muster.node.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.ToolCall;
import dev.muster.node.sql.SqlDoor;
import dev.muster.node.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a call comes to, before anything is asked.
class SqlToolTest {
  private static final Path NOWHERE = Path.of("/nowhere");

  private static SqlDoor door(String name) {
    return new SqlDoor(
        new SqlSource(
            name, "jdbc:postgresql://h/" + name, null, KeySource.NONE, SqlSource.Limits.STANDARD));
  }

  private static ToolPlan plan(List<String> boundaries, String arguments) throws IOException {
    var tools = SqlTool.of(List.of(door("orders"), door("stock")), boundaries);
    var place = new ToolPlace(NOWHERE, NOWHERE, new Boundaries(boundaries));
    return new Toolbox(tools).plan(ToolCall.of("c", "sql", arguments), place);
  }

  private static ToolPlan plan(String statement) throws IOException {
    return plan(
        List.of("CAN use: sql_orders"),
        "{\"source\":\"orders\",\"statement\":\"%s\"}".formatted(statement));
  }

  @Test
  void whatIsSureToReadIsLookedAtAndAnythingElseAskedAbout() throws IOException {
    assertThat(plan("SELECT 1")).isInstanceOf(ToolPlan.Look.class);
    assertThat(plan("SELECT grow()")).isInstanceOf(ToolPlan.Statement.class);
    assertThat(plan("DELETE FROM t;")).isInstanceOf(ToolPlan.Statement.class);
    assertThat(plan("SELECT 1; SELECT 2")).isInstanceOf(ToolPlan.Said.class);
  }

  @Test
  void nobodyGetsToWhatIsNotNamedOrIsForbidden() throws IOException {
    var stock = "{\"source\":\"stock\",\"statement\":\"SELECT 1\"}";
    assertThat(plan(List.of("CAN use: sql_orders"), stock)).isInstanceOf(ToolPlan.Said.class);
    assertThat(plan(List.of("CAN use: sql_orders, sql_stock"), stock))
        .isInstanceOf(ToolPlan.Look.class);
    assertThat(plan(List.of("CAN use: sql_stock", "CANNOT access: the network"), stock))
        .isInstanceOf(ToolPlan.Refused.class);
  }
}
