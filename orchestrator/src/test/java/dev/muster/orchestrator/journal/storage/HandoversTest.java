package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Handover;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class HandoversTest {
  private static final String RUN = "run_1";

  private final Vendor vendor;
  private Database database;
  private Handovers handovers;

  HandoversTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    handovers = new Handovers(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsHandedOnIsFoundByItsName() {
    var all = new LinkedHashMap<String, Handover>();
    var paths = new ArrayList<String>();
    var last = add(all, new Handover("WORKER_000", List.of(artifact("file-0")), List.of()));
    for (var n = 1; n < 300; n++) {
      paths.addFirst("file-" + (n - 1));
      last = add(all, new Handover("W" + n, List.of(artifact("file-" + n)), List.of(last)));
    }
    paths.addFirst("file-299");
    var wide = new ArrayList<String>();
    for (var n = 0; n < 250; n++) wide.add(add(all, new Handover("V" + n, List.of(), List.of())));
    wide.add(last);
    var root = add(all, new Handover("X", List.of(), wide));
    handovers.put(RUN, all);
    handovers.put(RUN, all);

    for (var reader : List.of(handovers, new Handovers(database.source()))) {
      assertThat(reader.inputs(RUN, root)).extracting(Artifact::path).isEqualTo(paths);
      assertThat(reader.inputs(RUN, root)).hasSize(300);
    }
  }

  @Test
  void whatIsNotThereOrIsNotWhatItsNameSaysIsNotHandedToAnybody() {
    var all = new LinkedHashMap<String, Handover>();
    var first = add(all, new Handover("WORKER_001", List.of(), List.of()));
    var gone = add(all, new Handover("WORKER_003", List.of(), List.of(Sha256.of("none"))));
    handovers.put(RUN, all);
    handovers.put(RUN, Map.of(Sha256.of("forged"), new Handover("F", List.of(), List.of())));

    assertThat(handovers.inputs(RUN, first)).isEmpty();
    assertThatThrownBy(() -> handovers.inputs(RUN, gone)).hasMessageContaining(Sha256.of("none"));
    assertThatThrownBy(() -> handovers.inputs(RUN, Sha256.of("forged")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Handovers(database.source()).inputs("run_2", first))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String add(Map<String, Handover> all, Handover handover) {
    var digest = Sha256.of(EventCodec.encode(handover));
    all.put(digest, handover);
    return digest;
  }

  private static Artifact artifact(String path) {
    return new Artifact(path, Sha256.of(path), 1, false, 1_700_000_000_000_000_000L);
  }
}
