package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final String OF_HELLO =
      "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

  @TempDir Path folder;

  private static Stub sending(String digest) {
    return new Stub((_, it) -> {
      if (!digest.isEmpty()) it.getResponseHeaders().set("Content-Digest", digest);
      Stub.send(it, 200, "hello");
    });
  }

  @Test
  void whatFitsItsDigestIsPutInPlace() {
    try (var stub = sending(OF_HELLO);
        var api = Api.open(Options.at(stub.url()))) {
      api.archive("run_1", null, folder.resolve("a.zip"));
      assertThat(folder.resolve("a.zip")).hasContent("hello");
      assertThat(stub.seen().getFirst().path()).isEqualTo("/api/v1/runs/run_1/archive");
    }
  }

  @Test
  void whatDoesNotIsNot() {
    try (var stub = sending(OF_HELLO.replace('L', 'M'));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.archive("run_1", "WORKER_001", folder.resolve("a.zip")))
          .withMessageContaining("it was damaged on its way");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void norIsWhatHasNone() {
    try (var stub = sending("");
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.archive("run_1", null, folder.resolve("a.zip")))
          .withMessageContaining("found none");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void norIsMoreThanAllowed() {
    try (var stub = sending(OF_HELLO);
        var client = new NodeClient(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> Download.save(client, "/x", folder.resolve("a.zip"), 4));
    }
    assertThat(folder).isEmptyDirectory();
  }
}
