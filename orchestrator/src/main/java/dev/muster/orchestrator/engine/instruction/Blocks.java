package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.SecretNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fenced blocks of EXECUTION and the operations they declare. What is said about an operation
/// is never guessed: any doubt makes the whole file unusable.
final class Blocks {
  static final Set<String> ATTRIBUTES =
      Set.of("operation", "writes", "network", "inputs", "check", "reads", "secrets", "why");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /// What a section is called that may hold more of the work.
  private static final Pattern WORK = Pattern.compile("^(?:EXECUT|RUN|STEPS|COMMANDS|AUSFÜHR)");

  private static final Pattern IN_WORDS =
      Pattern.compile("(?i)\\boperation(?: kind| type)?\\s{0,9}[=:]\\s{0,9}([a-z][a-z_]{2,40})");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final String file;
  private final List<Finding> findings;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Fence> run = new ArrayList<>();

  private Blocks(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<Block> read(ParsedInstruction parsed, List<Finding> findings) {
    var reader = new Blocks(parsed.file(), findings);
    for (var section : parsed.execution()) {
      var labels = FenceLabels.of(section);
      section.fences().forEach(fence -> reader.fence(fence, labels));
    }
    AnewEachTime.find(parsed.file(), reader.run, findings);
    if (!reader.blocks.isEmpty()) parsed.execution().forEach(reader::noFence);
    parsed.execution().forEach(reader::inWords);
    reader.elsewhere(parsed);
    if (parsed.execution().isEmpty()) return reader.blocks;
    if (reader.blocks.isEmpty()) reader.without(parsed.execution().getFirst());
    return reader.blocks;
  }

  private void noFence(Section section) {
    var line = NoFence.line(section);
    if (line > 0)
      notRun(
          line,
          "what begins here looks like a block, but is no fenced one, so it is not run",
          "Write it between ```bash and ``` if it is to be run.");
  }

  /// An operation that stands beside a block, or in a comment of it, declares nothing.
  private void inWords(Section section) {
    var comments =
        section.fences().stream()
            .flatMap(fence -> fence.text().lines())
            .filter(line -> line.startsWith("#"));
    var words = Stream.concat(section.lines().stream().map(Line::text), comments).toList();
    for (var text : words) {
      var named = IN_WORDS.matcher(PlainText.of(text));
      if (!named.find() || !OperationKinds.known(named.group(1))) continue;
      var declared = blocks.stream().map(Block::operation).filter(Objects::nonNull);
      if (declared.anyMatch(it -> it.kind().equals(named.group(1)))) continue;
      findings.add(
          Finding.of(
              Code.IGNORED_ATTRIBUTE,
              file,
              section.line(),
              "operation " + named.group(1) + " is only spoken of: no block gets a permit by that",
              "Write it behind the language: ```bash operation=" + named.group(1) + "."));
      return;
    }
  }

  /// Scripts under another heading may be how the work is done; whoever wrote them is told that
  /// they are not run.
  private void elsewhere(ParsedInstruction parsed) {
    if (parsed.misspelt().stream().anyMatch(it -> it.meant().equals("EXECUTION"))) return;
    var without = parsed.execution().isEmpty();
    parsed
        .others()
        .forEach((name, sections) -> {
          if (MarkdownScanner.OTHERS.contains(name)) return;
          if (!without && !WORK.matcher(name).find()) return;
          sections.stream()
              .filter(section -> section.fences().stream().anyMatch(Blocks::isScript))
              .findFirst()
              .ifPresent(section ->
                  notRun(
                      section.line(),
                      "the blocks below '"
                          + section.heading()
                          + "' are not run, only those of EXECUTION"
                          + (without ? ": an agent carries this file out" : ""),
                      "Call the section ## EXECUTION if its blocks are the work."));
        });
  }

  private static boolean isScript(Fence fence) {
    return FenceInfo.parse(fence.info()).isShell() && !fence.text().isBlank();
  }

  private void without(Section section) {
    if (!section.fences().isEmpty() || section.isEmpty()) return;
    notRun(
        section.line(),
        "EXECUTION holds no fenced block, so nothing of it is run: an agent carries this file out",
        "Write its commands into a block between ```bash and ```.");
  }

  private void notRun(int line, String message, String fix) {
    findings.add(Finding.of(Code.IGNORED_BLOCK, file, line, message, fix));
  }

  /// What to say of an instruction without a block; null when there is no EXECUTION at all.
  static @Nullable String whyNone(ParsedInstruction parsed) {
    var sections = parsed.execution();
    if (sections.isEmpty()) return null;
    var where = " (" + parsed.fileName() + ":" + sections.getFirst().line() + ")";
    var fences = sections.stream().flatMap(section -> section.fences().stream()).toList();
    if (fences.isEmpty()) return "its EXECUTION holds no fenced block" + where;
    var languages =
        fences.stream()
            .map(fence -> FenceInfo.parse(fence.info()))
            .filter(info -> !info.isRun())
            .map(FenceInfo::language)
            .distinct()
            .toList();
    return languages.isEmpty()
        ? "its EXECUTION holds no command" + where
        : "its EXECUTION holds only blocks that are not run, marked "
            + String.join(", ", languages)
            + where;
  }

  private void fence(Fence fence, FenceLabels labels) {
    var info = FenceInfo.parse(fence.info());
    var label = labels.output(fence);
    if (label == null) label = labels.notRun(fence);
    var doubt = labels.doubt(fence);
    if (label != null && fence.closed()) {
      notRun(
          fence.line(),
          "the block below '" + label + "' is not run",
          "Put it under another heading, or say above it that it is to be run.");
    } else if (!fence.closed()) {
      invalid(fence, "the block is never closed, so where its script ends is a guess");
    } else if (info.problem() != null) {
      invalid(fence, info.problem());
    } else if (!info.isRun() && info.attributes().isEmpty()) {
      findings.add(ignored(file, fence, "EXECUTION"));
    } else if (!info.isRun()) {
      invalid(fence, "it has attributes, but is marked '" + info.language() + "', not bash");
    } else {
      var problem = problem(info);
      if (problem != null) {
        invalid(fence, problem);
      } else if (!fence.text().isBlank() && ScriptCheck.usable(file, fence, findings)) {
        if (doubt != null) findings.add(doubtful(file, fence, doubt));
        run.add(fence);
        blocks.add(new Block(blocks.size() + 1, fence.text(), operation(fence, info)));
      }
    }
  }

  static Finding ignored(String file, Fence fence, String section) {
    return Finding.of(
        Code.IGNORED_BLOCK,
        file,
        fence.line(),
        "a block of %s is marked '%s' and will not be run: only bash, sh, shell and blocks without a language are"
            .formatted(section, FenceInfo.parse(fence.info()).language()),
        "Mark what is to be run as bash, such as python3 - <<'PY' … PY in a bash block.");
  }

  static Finding doubtful(String file, Fence fence, String label) {
    return Finding.of(
        Code.UNCLEAR_SCRIPT,
        file,
        fence.line(),
        "this block stands below '" + label + "', and is run like the others",
        "Keep the blocks that are to be run, one after the other, each to end with exit 0.");
  }

  private static @Nullable String problem(FenceInfo info) {
    var attributes = info.attributes();
    for (var key : attributes.keySet()) {
      if (!ATTRIBUTES.contains(key)) {
        return "attribute '" + key + "' is unknown, expected one of " + new TreeSet<>(ATTRIBUTES);
      }
    }
    var kind = attributes.get("operation");
    if (kind != null && !KIND.matcher(kind).matches()) {
      return "operation '" + kind + "' is not a name of lower-case letters, digits and _";
    }
    var network = attributes.get("network");
    if (network != null && !network.equals("true") && !network.equals("false")) {
      return "network is '" + network + "', expected true or false";
    }
    for (var path : words(attributes.get("writes"))) {
      if (!isRelative(path)) return "writes '" + path + "' is not relative to the target";
    }
    for (var path : words(attributes.get("inputs"))) {
      if (RelativePath.problem(path) != null)
        return "input '" + path + "' is no file of the workspace";
    }
    for (var path : words(attributes.get("reads"))) {
      if (!isRelative(path) || Arrays.asList(path.split("/", -1)).contains("..")) {
        return "reads '" + path + "' is no path of the target";
      }
    }
    for (var name : words(attributes.get("secrets"))) {
      if (!SecretNames.isName(name)) {
        return "secret '" + name + "' is no name of capital letters, digits and _ that is free";
      }
    }
    if (isBlank(attributes.get("check"))) return "check is empty";
    var declares = kind != null || attributes.containsKey("writes") || "true".equals(network);
    return declares || attributes.isEmpty() || attributes.keySet().equals(Set.of("network"))
        ? null
        : "it has attributes but declares no operation, no writes and no network";
  }

  private static boolean isBlank(@Nullable String text) {
    return text != null && text.isBlank();
  }

  private static boolean isRelative(String path) {
    return !path.startsWith("/") && !path.startsWith("~") && path.indexOf('$') < 0;
  }

  private @Nullable Operation operation(Fence fence, FenceInfo info) {
    var attributes = info.attributes();
    var writes = words(attributes.get("writes"));
    var network = "true".equals(attributes.get("network"));
    var kind = attributes.get("operation");
    if (kind == null && writes.isEmpty() && !network) return null;
    if (kind == null) kind = writes.isEmpty() ? OperationKinds.NETWORK : OperationKinds.FILE_WRITE;
    if (!OperationKinds.known(kind)) {
      findings.add(
          Finding.of(
              Code.UNKNOWN_OPERATION,
              file,
              fence.line(),
              "operation '" + kind + "' is not known and is treated as the riskiest kind",
              "Use one of " + new TreeSet<>(OperationKinds.all()) + "."));
    }
    return new Operation(
        kind,
        OperationKinds.riskOf(kind, !writes.isEmpty(), network),
        writes,
        network,
        words(attributes.get("inputs")),
        attributes.get("check"),
        words(attributes.get("reads")),
        words(attributes.get("secrets")),
        attributes.get("why"));
  }

  private static List<String> words(@Nullable String text) {
    if (text == null || text.isBlank()) return List.of();
    return Arrays.asList(BLANKS.split(text.strip()));
  }

  private void invalid(Fence fence, String problem) {
    findings.add(
        Finding.of(
            Code.INVALID_OPERATION,
            file,
            fence.line(),
            "what the block may do cannot be told: " + problem,
            "Write it as ```bash operation=KIND writes=\"path\" network=true check=\"command\"."));
  }
}
