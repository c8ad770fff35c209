package dev.muster.node.foresight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no longer believed, and why.
class CertaintyTest extends ForesightFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MUSTER_TARGET=/x",
        "MUSTER_TARGET=/x :",
        "true; export MUSTER_TARG\"ET\"=/x",
        "export \"MUSTER_$(echo TARGET)=/x\"",
        "read MUSTER_RUN < names",
        "printf -v MUSTER_TARGET x",
        "IFS=/",
        "PATH=.:$PATH",
        ": \"${CDPATH:=/x}\"",
        "rm() { echo no; }",
        "function rm { echo no; }",
        "alias rm=echo",
        "if true; then MUSTER_TARGET=/x; fi",
        "cat names | while read MUSTER_TARGET; do true; done",
        "for MUSTER_TARGET in a b; do true; done",
        ". ./settings",
        "\\. ./settings",
        "command eval \"$x\"",
        "\"$x\" y",
        "trap 'MUSTER_TARGET=/x' DEBUG",
        "exit 0",
        "shopt -s dotglob",
        "false || cd /x",
        "(cd /x; true",
        "true && cd /x",
        "if true; then cd /x; fi",
        "cd $(mktemp -d)",
        "cd"
      })
  void whatMayMeanSomethingElseByThenIsNotForeseen(String before) {
    var script = before + "\nrm -rf \"$MUSTER_TARGET/site/old\"";
    assertThat(foresee(script).deletions()).as(script).isEmpty();
    assertThat(foresee(script).unforeseen())
        .as(script)
        .anySatisfy(it -> assertThat(it.why()).contains("before may change what it means"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set -euo pipefail",
        "out=$(date)",
        "out=\"$(sed 's/a(/b\"/' \"$file\")\"",
        "tab=$'\\t'; slash=$'\\\\'",
        "n=$((n + 1)); x=${y:-z}; z=`date`",
        "export STAMP=x",
        "for name in a b; do echo $name; done",
        "./build.sh --quiet | tee log",
        "cd $MUSTER_TARGET && true",
        "test -d x && echo \"PATH of MUSTER_TARGET\"",
        "if test -e x; then ./other; fi"
      })
  void whatChangesNoMeaningIsNoReasonToSayLess(String before) {
    assertThat(foresee(before + "\nrm -rf \"$MUSTER_TARGET/site/old\"").deletions())
        .as(before)
        .hasSize(1);
  }

  @Test
  void whereOneIsAfterACdIsBelievedAsLongAsItWasReached() {
    assertThat(foresee("false && cd $MUSTER_TARGET/site && rm -r old").deletions()).hasSize(1);
    assertThat(foresee("false && cd $MUSTER_TARGET/site; rm -r old").deletions()).isEmpty();
    assertThat(foresee("false && cd $MUSTER_TARGET/site\ntrue && rm -r old").deletions()).isEmpty();
    var moved = foresee("cd $MUSTER_TARGET/site\nrm -r \"$PWD/old\"");
    assertThat(moved.unforeseen()).as("it is not where it began").hasSize(1);
  }
}
