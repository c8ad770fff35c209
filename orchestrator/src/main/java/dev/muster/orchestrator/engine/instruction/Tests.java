package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.protocol.instruction.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The scripts of TEST_PROCESS, one per fenced block.
///
/// @param weak how many of them hold a check that cannot fail, or cannot fail at all
record Tests(List<Script> scripts, int weak) {
  private static final int FINDINGS_PER_SCRIPT_MAX = 5;
  private static final Pattern SAYS_FAIL =
      Pattern.compile("\\b(?:echo|printf|print)\\b[\\s(]*(?:-\\w+\\s+)*[\"']?FAIL");

  static Tests read(ParsedInstruction parsed, List<Finding> findings) {
    var scripts = new ArrayList<Script>();
    var run = new ArrayList<Fence>();
    var weak = 0;
    var output = 0;
    for (var section : parsed.sections(Point.TEST_PROCESS)) {
      var labels = FenceLabels.of(section);
      for (var fence : section.fences()) {
        if (isOutput(parsed.file(), labels, fence, findings)) {
          output = fence.line();
          continue;
        }
        if (!isScript(parsed.file(), fence, findings)) continue;
        var doubt = labels.doubt(fence);
        if (doubt == null) doubt = labels.notRun(fence);
        if (doubt != null) findings.add(Blocks.doubtful(parsed.file(), fence, doubt));
        var verdict = MaskedTests.judge(fence.text());
        run.add(fence);
        scripts.add(new Script(scripts.size() + 1, fence.text(), verdict.whole()));
        if (verdict.whole() || !verdict.lines().isEmpty()) weak++;
        report(parsed.file(), fence, verdict, findings);
      }
    }
    AnewEachTime.find(parsed.file(), run, findings);
    if (scripts.isEmpty()) findings.add(none(parsed, output));
    return new Tests(scripts, weak);
  }

  /// A block without a language under "Expected output:" is what a test prints, and none itself.
  private static boolean isOutput(
      String file, FenceLabels labels, Fence fence, List<Finding> findings) {
    var text = labels.output(fence);
    if (text == null) return false;
    findings.add(
        Finding.of(
            Code.IGNORED_BLOCK,
            file,
            fence.line(),
            "the block below '" + text + "' has no language and is taken for what a test prints",
            "Mark it bash if it is a test, or text if it is not."));
    return true;
  }

  private static boolean isScript(String file, Fence fence, List<Finding> findings) {
    var info = FenceInfo.parse(fence.info());
    if (!info.isShell() && !info.language().isEmpty()) {
      findings.add(Blocks.ignored(file, fence, "TEST_PROCESS"));
      return false;
    }
    if (info.problem() != null || !info.attributes().isEmpty()) {
      findings.add(
          Finding.of(
              Code.IGNORED_ATTRIBUTE,
              file,
              fence.line(),
              "a test runs without any permit: what its fence says behind the language counts for"
                  + " nothing",
              "Leave it out; what needs a permit belongs into EXECUTION."));
    }
    return holdsCommands(fence.text()) && ScriptCheck.usable(file, fence, findings);
  }

  private static boolean holdsCommands(String text) {
    return text.lines().map(String::strip).anyMatch(l -> !l.isEmpty() && !l.startsWith("#"));
  }

  private static void report(
      String file, Fence fence, MaskedTests.Verdict verdict, List<Finding> findings) {
    var fix = "Let the command's own exit code decide: no `|| echo`, no `|| true`, no `!` alone.";
    if (verdict.whole()) {
      var line = verdict.lines().isEmpty() ? 1 : verdict.lines().getFirst();
      findings.add(
          Finding.of(
              Code.MASKED_TEST,
              file,
              fence.line() + line,
              "no command of this test script can make it fail" + byItsOutput(fence.text()),
              fix));
      return;
    }
    verdict.lines().stream()
        .limit(FINDINGS_PER_SCRIPT_MAX)
        .forEach(line ->
            findings.add(
                Finding.of(
                    Code.MASKED_TEST,
                    file,
                    fence.line() + line,
                    "this check cannot fail" + byItsOutput(fence.text()),
                    fix)));
  }

  /// How a script is judged that prints its verdict instead of ending with it.
  private static String byItsOutput(String script) {
    return SAYS_FAIL.matcher(script).find()
        ? " by its exit code; only a line of output that begins with the word FAIL, and is no"
            + " count of zero, would fail the test"
        : "";
  }

  /// @param output the line of a block that is taken for what a test prints; 0 when there is none
  private static Finding none(ParsedInstruction parsed, int output) {
    var sections = parsed.sections(Point.TEST_PROCESS);
    return Finding.of(
        Code.NO_TEST,
        parsed.file(),
        sections.isEmpty() ? 1 : sections.getFirst().line(),
        "there is no test: TEST_PROCESS holds no fenced bash block with a command"
            + (output > 0 ? " beside what a test prints" : ""),
        (output > 0
                ? "Mark the block in line " + output + " bash if it is the test; else add"
                : "Add")
            + " a bash block whose exit code says whether the work is done.");
  }
}
