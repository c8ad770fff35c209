package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promise: what lies in a folder that was cloned runs nothing, is sent nothing and is not
/// believed.
class HostileCloneTest {
  private static final List<String> VERBS =
      List.of(
          "status",
          "run flow --no-input --approve all",
          "approve --all --yes",
          "config view --origin",
          "runs list",
          "runs delete last --yes",
          "resume --no-input",
          "up --port 0",
          "cluster status");

  /// Of verbs that start something, each once is a process, with the clone for its own folder. What
  /// else is asked has the folder of these tests for that, and the clone for its caller's.
  private static final List<String> STARTING = List.of("status", "run", "resume", "up");

  @TempDir Path root;
  private HostileClone hostile;

  @BeforeEach
  void cloned() throws Exception {
    hostile = new HostileClone(root);
  }

  @AfterEach
  void close() {
    hostile.close();
  }

  private void nothingHappened(String verb, Muster.Ended ended) throws Exception {
    assertThat(hostile.owned).as(verb).doesNotExist();
    assertThat(hostile.asked).as(verb).isEmpty();
    assertThat(ended.out() + ended.err()).as(verb).doesNotContain(HostileClone.SECRET);
    assertThat(hostile.victim()).as(verb).isEmptyDirectory();
  }

  private Muster.Ended asked(String verb) {
    return hostile.ask(verb.split(" "));
  }

  @Test
  void itsSettingsAreRefusedByEveryVerb() throws Exception {
    for (var verb : VERBS) {
      var words = verb.split(" ");
      var ended = STARTING.contains(words[0]) ? hostile.muster(words) : asked(verb);
      assertThat(ended.exit()).as(verb + ended).isEqualTo(2);
      assertThat(ended.err())
          .as(verb)
          .contains("muster.conf:1: a folder's own file may not set `sandbox`")
          .contains("muster.conf:2: a folder's own file may not set `server`")
          .contains("muster trust " + hostile.clone);
      nothingHappened(verb, ended);
    }
    assertThat(hostile.home()).as("and nothing is left behind").doesNotExist();
  }

  @Test
  void itsDataFolderIsNotUsedAndNotForgotten() throws Exception {
    Files.delete(hostile.clone.resolve("muster.conf"));
    for (var verb : VERBS) {
      var ended = asked(verb);
      if (!verb.startsWith("config")) {
        assertThat(ended.exit()).as(verb + ended).isEqualTo(5);
        assertThat(ended.err()).as(verb).contains("/.muster is not used").contains("--move");
      }
      nothingHappened(verb, ended);
      var named = asked(verb + " --data .muster");
      if (!verb.startsWith("config")) {
        assertThat(named.exit()).as(verb + named).isEqualTo(4);
        assertThat(named.err()).as(verb).contains("may have come with a repository");
      }
      nothingHappened(verb, named);
    }
  }

  /// Whoever was talked into it is not lost yet.
  @Test
  void itsJournalRunsNothingAlsoWhereItsFolderWasAdopted() throws Exception {
    Files.delete(hostile.clone.resolve("muster.conf"));
    Files.delete(hostile.clone.resolve(".muster/node.json"));
    var adopted = asked("trust --data .muster");
    assertThat(adopted.exit()).as(adopted.toString()).isZero();
    for (var verb : List.of("runs list", "resume --no-input", "doctor", "up --port 0")) {
      var words = (verb + " --data .muster").split(" ");
      var ended = words[0].equals("up") ? hostile.muster(words) : hostile.ask(words);
      assertThat(ended.exit()).as(verb + ended).isNotZero();
      assertThat(ended.out() + ended.err()).as(verb).contains("could run code, a trigger");
      nothingHappened(verb, ended);
    }
  }

  @Test
  void itsPlansItsArgumentsAndItsLinksLeadNowhere() throws Exception {
    Files.delete(hostile.clone.resolve("muster.conf"));
    deleteAll(hostile.clone.resolve(".muster"));
    var plan = asked("plan flow");
    assertThat(plan.exit()).as(plan.toString()).isZero();
    nothingHappened("plan", plan);
    for (var name : List.of("plan.conf", "./pilot")) {
      var theirs = asked("plan flow --waves " + name);
      assertThat(theirs.exit()).as(theirs.toString()).isNotZero();
      assertThat(theirs.err()).contains("found an include of");
      nothingHappened(name, theirs);
    }
    var more = asked("runs list @more");
    assertThat(more.exit()).as(more.toString()).isNotZero();
    nothingHappened("@more", more);
    hostile.withToken = false;
    var run = hostile.muster("run", "flow", "--no-input", "--approve", "none", "--port", "0");
    assertThat(run.exit()).as(run.toString()).isNotZero();
    assertThat(run.err()).contains("is a link to");
    nothingHappened("run", run);
  }

  private static void deleteAll(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) Files.delete(file);
    }
    Files.delete(folder);
  }
}
