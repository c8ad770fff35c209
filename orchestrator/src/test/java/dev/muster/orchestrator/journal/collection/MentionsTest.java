package dev.muster.orchestrator.journal.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Frozen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
  private final List<String> digests = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();

  private void read(byte[] record) {
    Mentions.in(
        record,
        new Mentions.Sink() {
          @Override
          public void digest(byte[] text, int at) {
            digests.add(new String(text, at, Mentions.DIGITS, UTF_8));
          }

          @Override
          public void list(String digest) {
            lists.add(digest);
          }
        });
  }

  @Test
  void aDigestIsFoundWhereverItStands() {
    var digest = Sha256.of("x");
    read(EventCodec.encode(new Artifact("out.txt", digest, 1, false)));
    read(("sha256:" + digest).getBytes(UTF_8));
    read((digest + "ff").getBytes(UTF_8));
    assertThat(digests.stream().filter(digest::equals)).hasSize(3);
    assertThat(lists).isEmpty();
  }

  @Test
  void theListOfAFrozenWorkspaceIsKnownAsOne() {
    var list = Sha256.of("list");
    read(EventCodec.encode(new Frozen(1, 1, Sha256.of("basis"), list)));
    assertThat(lists).containsExactly(list);
  }

  @Test
  void whatIsShorterIsNoDigest() {
    read("a".repeat(63).getBytes(UTF_8));
    read("A".repeat(64).getBytes(UTF_8));
    assertThat(digests).isEmpty();
  }

  @Test
  void whatIsMarkedIsNeverDenied() {
    var marks = new Marks();
    for (var i = 0; i < 20_000; i += 2) marks.add(Mentions.ascii(Sha256.of("" + i)), 0);
    var wrong = 0;
    for (var i = 0; i < 20_000; i++) {
      var has = marks.mayHave(Mentions.ascii(Sha256.of("" + i)), 0);
      if (i % 2 == 0) assertThat(has).isTrue();
      else if (has) wrong++;
    }
    assertThat(wrong).isZero();
  }
}
