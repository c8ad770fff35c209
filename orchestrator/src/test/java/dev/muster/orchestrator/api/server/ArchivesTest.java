package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.proof.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Targets that are sent, and what a worker has delivered.
class ArchivesTest {
  private static final String TARGETS = "/api/v1/targets";

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] archive(Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      content.write(tar);
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, int bytes) throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes);
    tar.putArchiveEntry(entry);
    tar.write(new byte[bytes]);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static Client.Reply send(Client client, byte[] archive, String... headers) {
    var request =
        client
            .request(TARGETS, client.authorized(headers))
            .header("Content-Type", "application/gzip")
            .POST(BodyPublishers.ofByteArray(archive));
    return client.send(request);
  }

  private static String digest(byte[] content) {
    var sha256 = HexFormat.of().parseHex(Sha256.of(content));
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
  }

  @Test
  void aTargetIsKeptByItsDigest() throws Exception {
    var archive =
        archive(tar -> {
          file(tar, "src/a", 3);
          link(tar, "src/b", "../src/a");
        });
    var sent = send(server.client, archive, "Content-Digest", digest(archive));
    assertThat(sent.status()).as(sent.whole().body()).isEqualTo(201);
    assertThat(sent.json().path("targetArtifact").asText()).isEqualTo(Sha256.of(archive));
    assertThat(sent.json().path("entries").asInt()).isEqualTo(2);
    assertThat(server.artifacts.holds(Sha256.of(archive))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "../a,",
    "/etc/a,",
    "a/../../b,",
    "., ",
    "l, /etc/passwd",
    "l, ../../out",
    "a/l, ../..",
    "l, a/b/m/../.."
  })
  void nothingLeadsOutOfIt(String name, @Nullable String link) throws Exception {
    var archive =
        archive(tar -> {
          if (link == null) file(tar, name, 1);
          else link(tar, name, link);
        });
    assertThat(send(server.client, archive).code()).isEqualTo("invalid-target");
    assertThat(server.artifacts.holds(Sha256.of(archive))).isFalse();
  }

  @Test
  void nothingLiesBelowALinkOrTwiceOrIsADevice() throws Exception {
    var below =
        archive(tar -> {
          link(tar, "l", "a");
          file(tar, "l/x", 1);
        });
    var twice =
        archive(tar -> {
          file(tar, "a", 1);
          file(tar, "a", 1);
        });
    var device =
        archive(tar -> {
          tar.putArchiveEntry(new TarArchiveEntry("d", TarConstants.LF_CHR));
          tar.closeArchiveEntry();
        });
    // A few bytes that become as many zeros as it says.
    var holes =
        archive(tar -> {
          tar.putArchiveEntry(new TarArchiveEntry("s", TarConstants.LF_GNUTYPE_SPARSE));
          tar.closeArchiveEntry();
        });
    for (var archive : new byte[][] {below, twice, device, holes}) {
      assertThat(send(server.client, archive).code()).isEqualTo("invalid-target");
    }
  }

  @Test
  void aBombIsNotUnpackedToItsEnd() throws Exception {
    var bomb = archive(tar -> file(tar, "zeros", 300 << 20));
    assertThat(bomb.length).isLessThan(1 << 20);
    var sent = send(server.client, bomb);
    assertThat(sent.code()).isEqualTo("invalid-target");
    assertThat(sent.json().path("detail").asText()).contains("at most 256 MiB");
  }

  /// Of a long path each folder is looked up.
  @Test
  void aNameIsNoLongerThanAPath() throws Exception {
    var longest = archive(tar -> file(tar, "a/".repeat(2_000) + "b", 1));
    assertThat(send(server.client, longest).status()).isEqualTo(201);
    var longer = archive(tar -> file(tar, "a/".repeat(2_050) + "b", 1));
    assertThat(send(server.client, longer).json().path("detail").asText())
        .contains("names of at most 4095 characters, found one of 4101");
  }

  /// It is taken into memory as a whole.
  @Test
  void whatIsSaidOfAnEntryIsShort() throws Exception {
    var bomb =
        archive(tar -> {
          var entry = new TarArchiveEntry("a", true);
          entry.addPaxHeader("comment", "x".repeat(64 << 20));
          tar.putArchiveEntry(entry);
          tar.closeArchiveEntry();
        });
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThat(send(server.client, bomb).json().path("detail").asText()).contains("at most 64 KiB");
  }

  @Test
  void whatIsNoArchiveOrWasDamagedOrIsOfAnotherKindIsRefused() throws Exception {
    assertThat(send(server.client, "hello".getBytes(StandardCharsets.UTF_8)).code())
        .isEqualTo("invalid-target");
    var archive = archive(tar -> file(tar, "a", 1));
    assertThat(send(server.client, archive, "Content-Digest", digest(new byte[1])).code())
        .isEqualTo("digest-differs");
    assertThat(server.client.post(TARGETS, "{}").status()).isEqualTo(415);
  }

  @Test
  void whoMayStartNothingSendsNoTarget() throws Exception {
    var viewer = server.as("vera", null, Role.VIEWER);
    assertThat(send(viewer, archive(tar -> file(tar, "a", 1))).code()).isEqualTo("not-permitted");
  }

  @Test
  void whatAWorkerHasDeliveredComesWithItsDigest() throws Exception {
    var path = "/api/v1/runs/" + RUN + "/workers/WORKER_001/archive";
    var request = server.client.request(path, server.client.authorized()).GET().build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Digest")).contains(digest(answer.body()));
      try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(Objects.requireNonNull(zip.getNextEntry()).getName())
            .isEqualTo(RUN + "-WORKER_001/workers/WORKER_001.json");
      }
    }
    assertThat(server.client.get(path.replace("001", "009")).status()).isEqualTo(404);
  }

  @Test
  void aRunNamesATargetByItsDigestOnly() {
    var order = "{\"folder\":\"/w\",\"targetArtifact\":\"../x\"}";
    assertThat(server.client.post("/api/v1/runs", order).code()).isEqualTo("invalid-request");
  }

  @Test
  void aTargetThatIsNotHereIsRefusedBeforeTheRunBegins() {
    var order = "{\"folder\":\"/w\",\"targetArtifact\":\"%s\"}".formatted("a".repeat(64));
    assertThat(server.client.post("/api/v1/runs", order).code()).isEqualTo("unknown-target");
  }
}
