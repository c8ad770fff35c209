package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final String OF_HELLO = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

  /// Nobody ever gives one.
  private static final Semaphore HANGING = new Semaphore(0);

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
      api.files().archive("run_1", null, folder.resolve("a.zip"));
      assertThat(folder.resolve("a.zip")).hasContent("hello");
      assertThat(stub.seen().getFirst().path()).isEqualTo("/api/v1/runs/run_1/archive");
    }
  }

  @Test
  void whatDoesNotIsNot() {
    try (var stub = sending(OF_HELLO.replace('L', 'M'));
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.files().archive("run_1", "WORKER_001", folder.resolve("a.zip")))
          .withMessageContaining("it was damaged on its way");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void norIsWhatHasNone() {
    try (var stub = sending("");
        var api = Api.open(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> api.files().archive("run_1", null, folder.resolve("a.zip")))
          .withMessageContaining("found none");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void norIsWhatStandsStill() {
    try (var stub =
            new Stub((_, it) -> {
              it.sendResponseHeaders(200, 10);
              it.getResponseBody().write(new byte[5]);
              it.getResponseBody().flush();
              HANGING.acquireUninterruptibly();
            });
        var client = new NodeClient(Options.at(stub.url()))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() ->
              Download.save(client, "/x", folder.resolve("a.zip"), 10, Duration.ofMillis(200)))
          .withMessageContaining("nothing more has come");
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
