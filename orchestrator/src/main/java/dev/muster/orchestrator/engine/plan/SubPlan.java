package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.InstructionCompiler;
import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an instruction of what a worker wants a sub-worker to do, by the compiler that reads
/// files. What is compiled must be what was meant, to the letter; else words of a model have become
/// something else, and nothing is made of them. Whatever is not said by the task is the parent's:
/// boundaries, time, labels, and the tools of its roles. Pure.
///
/// @param parent that asks
/// @param planned the same in its run
/// @param setup roles there are; null where the run has none
public record SubPlan(WorkerInstruction parent, Planned planned, @Nullable AgentSetup setup) {
  private static final int DELIVERABLES_MAX = 20;
  private static final int TESTS_MAX = 10;
  private static final int ITEMS_MAX = 40;
  private static final int ITEM_CHARS_MAX = 1_000;
  private static final int TITLE_CHARS_MAX = 100;
  private static final int MISSION_CHARS_MAX = 8_000;
  private static final int TEST_CHARS_MAX = 8_000;
  private static final Pattern PATH = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");
  private static final Pattern TITLE = Pattern.compile("[\\p{L}\\p{N} ,.()+'-]+");
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  /// It cannot be, as a sentence for the model.
  public static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }

  /// @param text as it is stored
  public record Made(Planned planned, WorkerInstruction instruction, String text) {}

  public Made make(String id, SubTask task) throws UnfitException {
    look(task);
    var role = role(task);
    var text = SubText.of(parent, id, role, task);
    var digest = Sha256.of(text);
    var file = id + ".md";
    var found = InstructionCompiler.compile(file, text, digest);
    var error = found.findings().stream().filter(Finding::isError).findFirst();
    if (error.isPresent()) {
      throw new UnfitException(
          "its instruction cannot be used: %s (%s); %s"
              .formatted(error.get().message(), error.get().code().text(), error.get().fix()));
    }
    var compiled = found.compiled();
    if (compiled == null) throw new UnfitException("its instruction cannot be compiled");
    same(compiled, role, task);
    var instruction = within(compiled, id, role, task);
    var made =
        new Planned(
            id,
            instruction.title(),
            planned.wave(),
            digest,
            List.of(),
            null,
            planned.labels(),
            true,
            task.deliverables());
    return new Made(made, instruction, text);
  }

  private void look(SubTask task) throws UnfitException {
    check(
        TITLE.matcher(task.title()).matches() && task.title().length() <= TITLE_CHARS_MAX,
        "`title` must be a few plain words");
    bounded("mission", task.mission(), MISSION_CHARS_MAX);
    check(!task.mission().isBlank(), "`mission` is empty");
    check(!task.deliverables().isEmpty(), "`deliverables` names no file");
    check(task.deliverables().size() <= DELIVERABLES_MAX, "it has too many deliverables");
    check(!task.tests().isEmpty(), "`tests` is empty: nothing could prove its work");
    check(task.tests().size() <= TESTS_MAX, "it has more than %d tests".formatted(TESTS_MAX));
    for (var test : task.tests()) {
      bounded("tests", test, TEST_CHARS_MAX);
      check(!test.contains("```") && !test.contains("~~~"), "a test holds a fence");
    }
    items("criteria", task.criteria());
    items("cannot", task.cannot());
    for (var path : task.deliverables()) inScope(path);
  }

  private static void items(String name, List<String> items) throws UnfitException {
    check(items.size() <= ITEMS_MAX, "`%s` has more than %d items".formatted(name, ITEMS_MAX));
    for (var item : items) bounded(name, item, ITEM_CHARS_MAX);
  }

  private static void bounded(String name, String text, int charsMax) throws UnfitException {
    check(
        text.length() <= charsMax,
        "`%s` has %d characters, more than the %d it may".formatted(name, text.length(), charsMax));
  }

  private void inScope(String path) throws UnfitException {
    check(
        PATH.matcher(path).matches() && path.length() <= 255,
        "`%s` is no plain path below its folder".formatted(SubText.line(path)));
    var scope = planned.writes();
    var isIn = scope.contains(path) || WriteScopes.above(path).stream().anyMatch(scope::contains);
    check(
        isIn,
        "`%s` is not where %s may write, which is %s: a sub-worker may write nowhere else"
            .formatted(path, planned.id(), scope.isEmpty() ? "nowhere" : String.join(", ", scope)));
  }

  /// The one it asks for, or the parent's.
  private @Nullable String role(SubTask task) throws UnfitException {
    var asked = task.role();
    if (asked == null || asked.isBlank())
      return parent.brief() == null ? null : parent.brief().role();
    var name = asked.strip().toLowerCase(Locale.ROOT);
    check(ROLE.matcher(name).matches(), "`role` is no name of a role");
    check(
        setup != null && setup.role(name) != null,
        "no role is called %s; there are %s"
            .formatted(
                name,
                setup == null
                    ? "none"
                    : String.join(", ", setup.roles().stream().map(it -> it.name()).toList())));
    return name;
  }

  /// Whatever else the compiler has found there, nobody meant it.
  private void same(WorkerInstruction it, @Nullable String role, SubTask task)
      throws UnfitException {
    var brief = it.brief();
    var tests = it.tests().stream().map(Script::text).map(String::strip).toList();
    var meant = task.tests().stream().map(String::strip).toList();
    var isSame =
        it.blocks().isEmpty()
            && it.noBlocks() == null
            && brief != null
            && Objects.equals(brief.role(), role)
            && Set.copyOf(it.deliverables()).equals(Set.copyOf(task.deliverables()))
            && tests.equals(meant)
            && it.labels().isEmpty()
            && it.title().equals(SubText.line(task.title()));
    check(
        isSame,
        "its words would be read as something else than they were meant: write plain sentences,"
            + " and no headings, fields or fences");
  }

  private WorkerInstruction within(
      WorkerInstruction it, String id, @Nullable String role, SubTask task) {
    var brief = parent.brief();
    var own = Objects.requireNonNull(it.brief());
    var above = new ArrayList<String>(brief == null ? List.of() : brief.within());
    if (brief != null && brief.role() != null) above.add(brief.role());
    return new WorkerInstruction(
        id,
        it.title(),
        it.digest(),
        parent.type(),
        List.of(),
        it.tests(),
        it.deliverables(),
        null,
        null,
        parent.timeLimit(),
        it.resultsFormat(),
        null,
        null,
        planned.labels(),
        parent.limitFrom(),
        null,
        new Brief(
            brief == null ? own.classification() : brief.classification(),
            brief == null ? null : brief.provider(),
            role,
            SubText.boundaries(parent, task),
            own.sections(),
            above.stream().distinct().toList()));
  }

  /// Whether two of one call would write in the same place.
  public static @Nullable String clash(List<SubTask> tasks) {
    var taken = new HashSet<String>();
    var above = new HashSet<String>();
    for (var task : tasks) {
      for (var path : task.deliverables()) {
        var folders = WriteScopes.above(path);
        if (taken.contains(path)
            || above.contains(path)
            || folders.stream().anyMatch(taken::contains)) {
          return path;
        }
      }
      task.deliverables()
          .forEach(path -> {
            taken.add(path);
            above.addAll(WriteScopes.above(path));
          });
    }
    return null;
  }

  private static void check(boolean holds, String otherwise) throws UnfitException {
    if (!holds) throw new UnfitException(otherwise);
  }
}
