package dev.muster.orchestrator.engine.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.orchestrator.engine.instruction.Instruction.Placement;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns the text of one file into an instruction, judging everything that can be judged without
/// its siblings. It never throws, whatever the text.
public final class InstructionCompiler {
  private static final int FINDINGS_MAX = 200;
  private static final Set<Code> UNUSABLE =
      EnumSet.of(Code.INVALID_OPERATION, Code.INVALID_SCRIPT, Code.INVALID_LABEL);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final ParsedInstruction parsed;
  private final String text;
  private final List<Finding> findings = new ArrayList<>();

  private InstructionCompiler(ParsedInstruction parsed, String text) {
    this.parsed = parsed;
    this.text = text;
  }

  /// @param file the path to show in findings; its last segment gives the id
  /// @param digest SHA-256 of the file's bytes, lower-case hex
  public static Instruction compile(String file, String text, String digest) {
    return new InstructionCompiler(InstructionParser.parse(file, text), text).compile(digest);
  }

  private Instruction compile(String digest) {
    var id = id();
    var placement = placement();
    shape();
    Oddities.find(parsed, findings);
    var dependencies = DependencyReader.read(parsed, placement.phase(), findings);
    var deliverables = DeliverablesReader.read(parsed, findings);
    var blocks = Blocks.read(parsed, findings);
    var tests = Tests.read(parsed, findings);
    var labels = RequiredLabels.read(parsed, findings);
    var limit = TimeLimitReader.read(parsed, findings);
    var type = type();
    var format = resultsFormat();
    Placeholders.find(parsed, findings);
    var scores = new Scores(parsed, deliverables, tests, format, type != null).judge(findings);
    var usable = findings.stream().noneMatch(f -> UNUSABLE.contains(f.code()));
    return new Instruction(
        parsed.file(),
        id,
        parsed.title(),
        placement,
        scores,
        dependencies.references(),
        dependencies.services(),
        dependencies.loose(),
        deliverables,
        tests.scripts().size(),
        type,
        findings.stream().limit(FINDINGS_MAX).toList(),
        id != null && usable
            ? compiled(
                id, digest, new Read(type, blocks, tests, deliverables, format, labels, limit))
            : null,
        limit);
  }

  /// What its points came to.
  private record Read(
      @Nullable TaskType type,
      List<Block> blocks,
      Tests tests,
      Deliverables deliverables,
      @Nullable String resultsFormat,
      List<String> labels,
      TimeLimit limit) {
    /// Without a block a model does the work.
    boolean isForModel() {
      return blocks.isEmpty();
    }

    TaskType statedOrAssumedType() {
      if (type != null) return type;
      return isForModel() ? TaskType.HYBRID : TaskType.MECHANICAL;
    }
  }

  private WorkerInstruction compiled(String id, String digest, Read read) {
    var results = read.deliverables().resultsFile();
    return new WorkerInstruction(
        id,
        parsed.title().isBlank() ? id : parsed.title(),
        digest,
        read.statedOrAssumedType(),
        read.blocks(),
        read.tests().scripts(),
        read.deliverables().files().stream().map(Deliverables.Path::path).toList(),
        results == null ? null : results.path(),
        read.limit().estimate(),
        read.limit().limit(),
        read.resultsFormat(),
        memory("Key"),
        memory("Namespace"),
        read.labels(),
        read.limit().from(parsed.fileName()),
        read.isForModel() ? Blocks.whyNone(parsed) : null,
        read.isForModel() ? Briefs.read(parsed, text) : null);
  }

  private @Nullable String id() {
    var inName = parsed.fileId();
    var inHeading = parsed.headingId();
    if (inName == null && inHeading == null) {
      add(
          Code.MISSING_ID,
          1,
          "neither the file name nor the heading says which worker this is",
          "Name the file WORKER_<digits>_<Title>.md.");
    } else if (inName != null && inHeading != null && !sameNumber(inName, inHeading)) {
      add(
          Code.ID_MISMATCH,
          parsed.titleLine(),
          "the heading says " + inHeading + ", the file name " + inName + "; the name counts",
          "Make both say the same.");
    }
    var id = inName != null ? inName : inHeading;
    if (id != null) secondWorker(id);
    return id;
  }

  /// Two instructions in one file would be carried out as one.
  private void secondWorker(String id) {
    var all = parsed.points().values().stream().flatMap(List::stream);
    Stream.concat(all, parsed.others().values().stream().flatMap(List::stream))
        .flatMap(section -> section.lines().stream())
        .filter(line -> line.text().startsWith("# "))
        .forEach(line -> {
          var other = InstructionParser.headingId(line.text().substring(2).strip());
          if (other == null || sameNumber(other, id)) return;
          add(
              Code.ID_MISMATCH,
              line.number(),
              "a second heading says " + other + "; what stands below it is read as " + id + "'s",
              "Give each worker a file of its own.");
        });
  }

  private static boolean sameNumber(String a, String b) {
    return WorkerIds.number(a) == WorkerIds.number(b);
  }

  private Placement placement() {
    var phase = parsed.field("Phase") != null ? parsed.field("Phase") : parsed.front("phase");
    var tags = parsed.field("Tags");
    return new Placement(
        phase == null ? null : Phase.parse(phase.value()),
        Priorities.read(parsed, findings),
        tags == null
            ? List.of()
            : Arrays.stream(tags.value().split("[,;\\s]+", -1)).filter(t -> !t.isBlank()).toList());
  }

  /// Missing, folded and doubled points, and fences that run away.
  private void shape() {
    for (var point : Point.values()) {
      var sections = parsed.sections(point);
      var folded = parsed.folds().stream().anyMatch(fold -> fold.points().contains(point));
      if (sections.isEmpty() && !folded) {
        add(
            Code.MISSING_POINT,
            1,
            point + " is missing",
            "Add a section ## " + point.number() + ". " + point + ".");
      }
      noteDouble(point.name(), sections);
    }
    noteDouble("EXECUTION", parsed.execution());
    for (var fold : parsed.folds()) {
      add(
          Code.FOLDED_POINTS,
          fold.section().line(),
          "one heading stands for " + fold.points().stream().sorted().toList(),
          "Give each point its own section.");
    }
    allSections()
        .flatMap(section -> section.fences().stream())
        .filter(fence -> !fence.closed())
        .forEach(fence ->
            add(
                Code.UNCLOSED_FENCE,
                fence.line(),
                "the fence that opens here is never closed",
                "Close it with ```."));
  }

  private void noteDouble(String name, List<Section> sections) {
    if (sections.size() < 2) return;
    add(
        Code.DUPLICATE_POINT,
        sections.get(1).line(),
        name + " stands here again; both are read as one",
        "Keep one section of that name.");
  }

  private Stream<Section> allSections() {
    return Stream.of(
            parsed.points().values().stream().flatMap(List::stream),
            parsed.folds().stream().map(ParsedInstruction.Fold::section),
            parsed.others().values().stream().flatMap(List::stream))
        .flatMap(sections -> sections)
        .distinct();
  }

  private @Nullable TaskType type() {
    var label = parsed.label(Point.TASK_CLASSIFICATION, "Type");
    for (var fold : parsed.folds()) {
      if (label == null) label = ParsedInstruction.label(List.of(fold.section()), "Type");
    }
    if (label == null) return null;
    var value = label.value().toUpperCase(Locale.ROOT);
    return Arrays.stream(TaskType.values())
        .filter(type -> value.matches("[^A-Z]*" + type.name() + "\\b.*"))
        .findFirst()
        .orElse(null);
  }

  private @Nullable String resultsFormat() {
    var sections = parsed.sections(Point.TEST_RESULTS_FORMAT);
    if (sections.stream().allMatch(Section::isEmpty)) return null;
    var fences = sections.stream().flatMap(section -> section.fences().stream()).toList();
    for (var fence : fences) {
      if (isJsonObject(fence.text())) return fence.text().strip();
    }
    add(
        Code.INVALID_RESULTS_FORMAT,
        fences.isEmpty() ? sections.getFirst().line() : fences.getFirst().line(),
        "TEST_RESULTS_FORMAT holds no fenced JSON object",
        "Add a json block with one object; alternatives are written \"pass|fail\".");
    return null;
  }

  private static boolean isJsonObject(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private @Nullable String memory(String name) {
    var label = parsed.label(Point.RETROSPECTIVE, name);
    return label == null || label.unquoted().isBlank() ? null : label.unquoted();
  }

  private void add(Code code, int line, String message, String fix) {
    findings.add(Finding.of(code, parsed.file(), line, message, fix));
  }
}
