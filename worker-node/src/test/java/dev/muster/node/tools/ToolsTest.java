package dev.muster.node.tools;

import static dev.muster.node.tools.Scene.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.ToolCall;
import dev.muster.node.sandbox.NeedsSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsSandbox
class ToolsTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private String said(ToolCall call) throws IOException, InterruptedException {
    var outcome = scene.of(Boundaries.NONE, call);
    assertThat(outcome.failed()).as(outcome.text()).isFalse();
    return outcome.text();
  }

  private String failure(ToolCall call) throws IOException, InterruptedException {
    var outcome = scene.of(Boundaries.NONE, call);
    assertThat(outcome.failed()).as(outcome.text()).isTrue();
    return outcome.text();
  }

  @Test
  void changedTestsAreNoticedAndPutBackWhateverBoundariesSay()
      throws IOException, InterruptedException {
    scene.give("tests/test_a.py", "assert 1 == 2\n");
    scene.give("tests/test_own.py", "old\n");
    scene.give("a.py", "old\n");
    said(call("shell", "script", "for it in tests/*.py a.py; do echo pass > $it; done"));
    var place = scene.place(new Boundaries(List.of(), List.of("tests/test_own.py")));
    assertThat(Kept.tests(place)).isEqualTo("tests/test_a.py");
    assertThat(scene.work.resolve("tests/test_a.py")).hasContent("assert 1 == 2");
    assertThat(scene.work.resolve("tests/test_own.py")).hasContent("pass");
    assertThat(scene.work.resolve("a.py")).hasContent("pass");
    assertThat(Kept.tests(place)).isNull();
  }

  @Test
  void filesAreWrittenReadAndListed() throws IOException, InterruptedException {
    assertThat(said(call("write", "path", "src/a.py", "content", "één\ntwo\nthree\n")))
        .isEqualTo("wrote src/a.py, 16 bytes");
    assertThat(said(call("read", "path", "/muster/work/src/a.py", "from", 2, "lines", 1)))
        .isEqualTo("src/a.py, lines 2 to 2 of 3:\ntwo\n");
    said(call("write", "path", "run.sh", "content", "true\n", "executable", true));
    said(call("write", "path", "run.sh", "content", "false\n"));
    assertThat(Files.isExecutable(scene.work.resolve("run.sh"))).isTrue();
    assertThat(said(call("list"))).isEqualTo("run.sh, 6 bytes\nsrc/\nsrc/a.py, 16 bytes");
    assertThat(failure(call("read", "path", "nope.py")))
        .isEqualTo("there is no `nope.py`; `list` shows what there is");
    assertThat(failure(call("write", "file", "x")))
        .contains("there is no argument `file`", "`path` is missing", "executable (optional)");
  }

  @Test
  void aPatchSaysWhyItDoesNotFit() throws IOException, InterruptedException {
    said(
        call(
            "write",
            "path",
            "a.py",
            "content",
            "def f():\n    return 1\ndef g():\n    return 1\n"));
    assertThat(failure(call("patch", "path", "a.py", "search", "return 1", "replace", "return 2")))
        .contains("found it 2 times, at lines 2, 4");
    assertThat(
            failure(call("patch", "path", "a.py", "search", "def f():\n  return 1", "replace", "")))
        .contains("found it nowhere", "1: def f():\n2:     return 1");
    assertThat(
            said(
                call(
                    "patch",
                    "path",
                    "a.py",
                    "search",
                    "f():\n    return 1",
                    "replace",
                    "f():\n    return 2")))
        .isEqualTo("patched a.py at line 1");
    assertThat(failure(call("patch", "path", "a.py", "search", "return 3", "replace", "return 2")))
        .contains("is there already");
    assertThat(scene.work.resolve("a.py"))
        .hasContent("def f():\n    return 2\ndef g():\n    return 1\n");
  }

  @Test
  void whatAPatchWouldMakeIsMeasuredBeforeItIsMade() throws IOException, InterruptedException {
    said(call("write", "path", "a", "content", "a".repeat(1 << 20)));
    assertThat(
            failure(
                call(
                    "patch",
                    "path",
                    "a",
                    "search",
                    "a",
                    "replace",
                    "b".repeat(1 << 19),
                    "all",
                    true)))
        .contains("`a` would have 549755813888 bytes, more than the 1048576 it may");
  }

  @Test
  void scriptsTellTheirEndAndTheirTimeLimit() throws IOException, InterruptedException {
    assertThat(said(call("shell", "script", "echo \"it's $((1+1))\"; pwd")))
        .isEqualTo("it's 2\n/muster/work\n");
    assertThat(failure(call("shell", "script", "echo a | false; echo b"))).isEmpty();
    assertThat(failure(call("shell", "script", "sleep 30", "seconds", 1)))
        .contains("=== ended: it ran for 1 s");
  }

  @Test
  void textAndSymbolsAreFound() throws IOException, InterruptedException {
    said(
        call(
            "write", "path", "a.py", "content", "class Foo:\n    def bar(self):\n        Foo()\n"));
    said(call("write", "path", "b/c.java", "content", "record Foo(int x) {}\n"));
    assertThat(said(call("search", "pattern", "Foo", "as", "symbol")))
        .isEqualTo("a.py:1:class Foo:\nb/c.java:1:record Foo(int x) {}\n");
    assertThat(said(call("search", "pattern", "foo()", "path", "a.py", "ignore_case", true)))
        .isEqualTo("a.py:3:        Foo()\n");
    assertThat(said(call("search", "pattern", "nowhere"))).isEqualTo("nothing was found\n");
    assertThat(failure(call("search", "pattern", "(", "as", "regex"))).contains("grep");
  }

  @Test
  void gitKeepsTheWorkOfTheWorkspace() throws IOException, InterruptedException {
    said(call("git", "arguments", List.of("init", "-q", "-b", "main")));
    said(call("write", "path", "a b.txt", "content", "x\n"));
    said(call("git", "arguments", List.of("add", "a b.txt")));
    said(call("git", "arguments", List.of("commit", "-q", "-m", "It's \"new\"")));
    assertThat(said(call("git", "arguments", List.of("log", "--format=%an: %s"))))
        .isEqualTo("agent: It's \"new\"\n");
  }
}
