package dev.muster.node.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.tools.Boundaries.Act;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundariesTest {
  private static boolean forbids(String line, Act act, String path) {
    return new Boundaries(List.of(line)).forbids(act, path) != null;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**CANNOT modify:** `a.py` | CHANGE | a.py",
        "**CANNOT modify:** `a.py` | CREATE | src/a.py",
        "- CANNOT modify: semantic_analyzer.py (dependency from Phase 1) | CHANGE |"
            + " x/semantic_analyzer.py",
        "CANNOT create: `secret.txt`, `b.txt` | CREATE | b.txt",
        "CANNOT modify: any files in `api/` | CHANGE | server/api/x.py",
        "CANNOT touch: *.lock | CHANGE | deep/package.lock",
        "CANNOT modify: Previous workers' deliverables without approval | CHANGE | any/thing.py",
        "CANNOT modify: anything else | CHANGE | any/thing.py",
        "CANNOT modify: Any existing validation files | CHANGE | wingman/validation/x.py",
        "CANNOT: Modify existing files | CHANGE | x.py",
        "MUST NOT delete: existing tests | CHANGE | tests/x.py",
        "CANNOT modify anything else | CHANGE | x.py",
        "**CAN modify:** `a.py` file only | CHANGE | b.py",
      })
  void whatIsClearlySaidIsForbidden(String line, Act act, String path) {
    assertThat(forbids(line, act, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CANNOT create: `b.txt` | CHANGE | b.txt",
        "CANNOT modify: `a.py` | CHANGE | ba.py",
        "CANNOT modify: Any existing validation files | CHANGE | api/x.py",
        "CANNOT modify: Any existing validation files | CREATE | validation/new.py",
        "CANNOT modify: Existing methods in `a.py` | CHANGE | a.py",
        "CANNOT modify: Existing methods (`__init__`, `analyze`) | CHANGE | __init__.py",
        "CANNOT modify: database schema in `a.sql` (unless explicitly required) | CHANGE | a.sql",
        "CANNOT add: Full method implementations (only class skeleton) | CREATE | a.py",
        "CANNOT: Change threshold (60 is from plan) | CHANGE | a.py",
        "**CAN modify:** `a.py` file only | CHANGE | a.py",
        "**CAN modify:** `a.py` file only | CREATE | tests/new.py",
      })
  void whatIsProseForbidsNothing(String line, Act act, String path) {
    assertThat(forbids(line, act, path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CANNOT modify: Any existing validation logic, API endpoints, or other validators",
        "CANNOT add: Out-of-scope features",
        "CANNOT restart: No services affected",
      })
  void proseIsSaidToBeUnenforced(String line) {
    var boundaries = new Boundaries(List.of(line, "CANNOT modify: `x.py`"));
    assertThat(boundaries.unenforced()).containsExactly(line);
    assertThat(boundaries.enforced())
        .containsExactly("BOUNDARIES, statement 2: `CANNOT modify: `x.py``");
  }

  @Test
  void itemsBelowALabelBelongToIt() {
    var boundaries =
        new Boundaries(
            List.of(
                "**CAN modify:**",
                "Create new file `wingman/validation/content.py`",
                "**CANNOT modify:**",
                "Any existing validation files",
                "`semantic_analyzer.py` (dependency from Phase 1)",
                "**Scope:** Class skeleton only",
                "`other.py`"));
    assertThat(boundaries.forbids(Act.CREATE, "wingman/validation/content.py")).isNull();
    assertThat(boundaries.forbids(Act.CHANGE, "wingman/validation/content.py")).isNull();
    assertThat(boundaries.forbids(Act.CHANGE, "wingman/validation/x.py")).isNotNull();
    assertThat(boundaries.forbids(Act.CHANGE, "other.py")).isNull();
    var rule = boundaries.forbids(Act.CHANGE, "wingman/validation/semantic_analyzer.py");
    assertThat(rule).isNotNull().extracting(Rule::number).isEqualTo(5);
  }

  @Test
  void deliverablesAreWritableUnlessALineNamesThem() {
    var lines = List.of("CANNOT modify: Any existing files", "CANNOT modify: `b.py`");
    var boundaries = new Boundaries(lines, List.of("a.py", "b.py", "site/"));
    assertThat(boundaries.forbids(Act.CHANGE, "a.py")).isNull();
    assertThat(boundaries.forbids(Act.CHANGE, "site/index.html")).isNull();
    assertThat(boundaries.forbids(Act.CHANGE, "b.py")).isNotNull();
    assertThat(boundaries.forbids(Act.CHANGE, "c.py")).isNotNull();
  }

  @Test
  void aPathThatMayBeWrittenStandsAgainstAWiderNo() {
    var boundaries =
        new Boundaries(
            List.of(
                "CAN modify: `validation/__init__.py`",
                "CANNOT modify: any file in `validation/`"));
    assertThat(boundaries.forbids(Act.CHANGE, "validation/__init__.py")).isNull();
    assertThat(boundaries.forbids(Act.CHANGE, "validation/a.py")).isNotNull();
  }

  @Test
  void theNetworkCanBeForbidden() {
    assertThat(new Boundaries(List.of("CANNOT access: the network")).forbidsNetwork()).isNotNull();
    assertThat(new Boundaries(List.of("CANNOT: Use network")).forbidsNetwork()).isNotNull();
    assertThat(new Boundaries(List.of("CANNOT use: network drives")).forbidsNetwork()).isNull();
  }

  /// As WORKER_001, 019 and 075 of a real workforce say it.
  @Test
  void honestWorkersCanDoTheirWork() {
    var boundaries =
        new Boundaries(
            List.of(
                "**CAN create:** New file `semantic_analyzer.py` in `validation/` directory",
                "**CAN modify:** Package imports in `validation/__init__.py` to export it",
                "**CANNOT modify:** Any existing validation logic, API endpoints, or other"
                    + " validators",
                "**CANNOT add:** Full method implementations (only class skeleton)",
                "**CANNOT modify:** Previous workers' deliverables without approval",
                "**CANNOT add:** Out-of-scope features",
                "**CANNOT:** Change threshold (60 is from plan)",
                "**Idempotency:** Check if file exists; if exists, validate structure only",
                "**Scope Limit:** Class skeleton only - no analyze() method implementation"),
            List.of("wingman/scanner.py"));
    for (var path :
        List.of(
            "validation/semantic_analyzer.py", "validation/__init__.py", "wingman/scanner.py")) {
      assertThat(boundaries.forbids(Act.CREATE, path)).as(path).isNull();
      assertThat(boundaries.forbids(Act.CHANGE, path)).as(path).isNull();
    }
    assertThat(boundaries.forbids(Act.CREATE, "notes/own_test.py")).isNull();
    assertThat(boundaries.enforced()).hasSize(3);
    assertThat(boundaries.unenforced()).hasSize(4);
  }
}
