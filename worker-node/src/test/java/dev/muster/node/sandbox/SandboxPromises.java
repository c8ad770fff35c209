package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.node.sandbox.SandboxFixture.Outcome;
import dev.muster.node.sandbox.kernel.PortLock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What every sandbox promises, whatever it is made of.
@ResourceLock(SandboxFixture.ALONE)
abstract class SandboxPromises {
  private final SandboxKind kind;

  @TempDir Path folder;
  SandboxFixture box;

  SandboxPromises(SandboxKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.REQUIRE, true, kind);
  }

  @AfterEach
  void close() {
    if (box != null) box.close();
  }

  @Test
  void aScriptWorksInItsWorkspaceAndSeesWhoItIs() throws Exception {
    Files.writeString(box.target.resolve("a.txt"), "hello");
    Files.writeString(box.attempt.resolve("inputs/in.txt"), "input");
    var outcome =
        box.run(
            """
            pwd; cat "$MUSTER_TARGET/a.txt"; echo; cat "$MUSTER_INPUTS/in.txt"; echo
            echo "$MUSTER_RUN $MUSTER_WORKER $MUSTER_ATTEMPT" > out.txt
            """);
    assertThat(outcome.output()).isEqualTo("/muster/work\nhello\ninput");
    assertThat(outcome.exitCode()).isZero();
    assertThat(box.attempt.resolve("work/out.txt"))
        .hasContent(SandboxFixture.RUN + " WORKER_001 1");
  }

  @Test
  void nothingOfTheHostsEnvironmentLeaksIn() throws Exception {
    var outcome = box.run("env | grep -vE '^(PWD|SHLVL|_|OLDPWD)=' | sort");
    assertThat(outcome.output().lines())
        .containsExactly(
            "HOME=/tmp",
            "LANG=C.UTF-8",
            "MUSTER_ATTEMPT=1",
            "MUSTER_INPUTS=/muster/inputs",
            "MUSTER_RUN=" + SandboxFixture.RUN,
            "MUSTER_TARGET=" + box.target,
            "MUSTER_WORKER=WORKER_001",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "TMPDIR=/tmp");
  }

  @Test
  void aFailingCommandAndAFailingPipeFailTheScript() throws Exception {
    assertThat(box.run("false\necho never").exitCode()).isEqualTo(1);
    assertThat(box.run("(exit 3) | cat\necho never").exitCode()).isEqualTo(3);
  }

  @Test
  void whatAShellReadsAndWritesThroughDescriptorsIsThere() throws Exception {
    var end =
        box.run(
            "diff <(echo x) <(echo x); echo said > /dev/stdout; echo told > /dev/stderr; cat <(echo"
                + " too)");
    assertThat(end.exitCode()).as(end.toString()).isZero();
    assertThat(end.output()).contains("said", "told", "too");
  }

  @Test
  void theHomeTheDataFolderAndOtherWorkspacesAreOutOfSight() throws Exception {
    var other = Files.createDirectories(box.attempt.resolve("../../WORKER_002").normalize());
    Files.writeString(other.resolve("secret"), "secret");
    for (var path :
        List.of(
            System.getProperty("user.home"),
            box.data.toString(),
            other.resolve("secret").toString(),
            "/etc/shadow",
            "/etc/ssl/private",
            "/var",
            "/sys",
            "/root/.ssh")) {
      assertThat(box.run("ls -la " + path).exitCode()).as(path).isNotZero();
    }
  }

  @Test
  void nothingOutsideTheWorkspaceCanBeWritten() throws Exception {
    for (var path :
        List.of(
            "/x",
            "/usr/x",
            "/etc/x",
            "/muster/x",
            "/muster/inputs/x",
            "/muster/script",
            "/dev/x",
            "/proc/sys/kernel/core_pattern",
            box.target + "/x")) {
      assertThat(box.run("echo x > " + path).exitCode()).as(path).isNotZero();
    }
    assertThat(box.run("echo x > /tmp/x && echo x > /dev/shm/x && echo x > x").exitCode()).isZero();
    assertThat(box.target).isEmptyDirectory();
  }

  /// Opened for appending and not written, so that a host where this fails is not changed.
  @Test
  void theKernelsSettingsCannotBeOpenedForWriting() throws Exception {
    for (var path :
        List.of(
            "/proc/sys/kernel/core_pattern",
            "/proc/sys/vm/drop_caches",
            "/proc/sysrq-trigger",
            "/proc/1/oom_score_adj")) {
      assertThat(box.run("exec 3>>" + path).exitCode()).as(path).isNotZero();
    }
  }

  @Test
  void theNetworkIsOutOfReachUnlessPermitted() throws Exception {
    try (var server = new OtherServer()) {
      var connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.port();
      assertThat(box.run(connect).exitCode()).isNotZero();
      assertThat(box.run(connect, box.job().widened(List.of(), true)).exitCode()).isZero();
    }
  }

  @Test
  void aNodesOwnPortsAreOutOfReachAlsoWithANetwork() throws Exception {
    try (var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var connect = "exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort();
      assumeThat(PortLock.works()).isTrue();
      var outcome = box.run(connect, box.job().widened(List.of(), true));
      assertThat(outcome.exitCode()).isNotZero();
      assertThat(outcome.output()).contains("Permission denied");
    }
  }

  @Test
  void aPermittedFolderIsWritableAtItsOwnPathAndOnlyThatOne() throws Exception {
    var site = Files.createDirectory(folder.toRealPath().resolve("site"));
    var job = box.job().widened(List.of(site), false);
    assertThat(box.run("echo done > $MUSTER_TARGET/../site/report", job).exitCode()).isZero();
    assertThat(site.resolve("report")).hasContent("done");
    assertThat(box.run("echo x > $MUSTER_TARGET/x", job).exitCode()).isNotZero();
    assertThat(box.run("ls $MUSTER_TARGET/../site").exitCode()).isNotZero();
  }

  @Test
  void hiddenPathsInsideTheTargetAreMasked() throws Exception {
    var results = Files.createDirectory(box.target.resolve("results"));
    Files.writeString(results.resolve("r"), "r");
    var token = Files.writeString(box.target.resolve("token"), "secret");
    var plain = box.job();
    var job =
        Job.plain(
            plain.names(),
            plain.work(),
            plain.inputs(),
            plain.scratch(),
            box.target,
            List.of(results, token, box.target.resolve("missing")));
    var look = "ls $MUSTER_TARGET/results; cat $MUSTER_TARGET/token || :";
    assertThat(box.run(look, job).output()).doesNotContain("secret", "r\n");
    assertThat(box.run("echo x > $MUSTER_TARGET/results/x", job).exitCode()).isNotZero();
    var widened = job.widened(List.of(box.target), false);
    assertThat(box.run(look, widened).output()).doesNotContain("secret", "r\n");
    assertThat(box.run("umount $MUSTER_TARGET/results", widened).exitCode()).isNotZero();
  }

  @Test
  void aTargetThatHoldsTheDataFolderDoesNotShowIt() throws Exception {
    var plain = box.job();
    var job =
        Job.plain(
            plain.names(),
            plain.work(),
            plain.inputs(),
            plain.scratch(),
            folder.toRealPath(),
            List.of());
    var outcome = box.run("ls $MUSTER_TARGET; ls -A $MUSTER_TARGET/data", job);
    assertThat(outcome.output()).isEqualTo("data\nproject");
  }

  @Test
  void aHiddenFolderInsideAnotherIsHiddenWithIt() throws Exception {
    var target = folder.toRealPath();
    var hidden = List.of(box.data, box.data.resolve("workspaces"));
    var it = box.job();
    var job = Job.plain(it.names(), it.work(), it.inputs(), it.scratch(), target, hidden);
    assertThat(box.run("ls -A $MUSTER_TARGET/data", job).output()).isEmpty();
  }

  @Test
  void aLookStartsInTheTargetAndChangesNothing() throws Exception {
    var site = Files.createDirectory(folder.toRealPath().resolve("site"));
    Files.writeString(site.resolve("report"), "x");
    var job = box.job().looking(List.of(site, site.resolveSibling("missing")));
    assertThat(box.run("pwd; test -f ../site/report", job))
        .extracting(Outcome::exitCode, Outcome::output)
        .containsExactly(0, box.target.toString());
    assertThat(box.run("echo x > ../site/x", job).exitCode()).isNotZero();
    assertThat(box.run("echo x > /muster/work/x", job).exitCode()).isNotZero();
  }

  @Test
  void namesMayHoldWhatAShellOrATableWouldMisread() throws Exception {
    var odd = "it's a \"100%\" $(touch x) `touch y`; \\040 #1\n\ttab * ü -o rw,";
    var target = Files.createDirectories(folder.toRealPath().resolve(odd));
    var hidden = Files.createDirectory(target.resolve("hidden " + odd));
    var secret = Files.writeString(target.resolve("token " + odd), "secret");
    Files.writeString(hidden.resolve("a"), "secret");
    Files.writeString(target.resolve("seen"), "seen");
    var site = Files.createDirectory(folder.toRealPath().resolve("site " + odd));
    var read = Files.writeString(folder.toRealPath().resolve("read " + odd), "read");
    var it = box.job();
    var job =
        Job.plain(it.names(), it.work(), it.inputs(), it.scratch(), target, List.of(hidden, secret))
            .widened(List.of(site), false);
    assertThat(box.run("cat \"$MUSTER_TARGET/seen\"; ls \"$MUSTER_TARGET\"/hid*", job).output())
        .isEqualTo("seen");
    assertThat(box.run("cat \"$MUSTER_TARGET\"/token*", job).output()).doesNotContain("secret");
    assertThat(box.run("cd \"$MUSTER_TARGET\"/../site* && echo done > r", job).exitCode()).isZero();
    assertThat(site.resolve("r")).hasContent("done");
    assertThat(box.run("echo x > \"$MUSTER_TARGET\"/x", job).exitCode()).isNotZero();
    var look = job.looking(List.of(read));
    assertThat(box.run("pwd; cat ../read*", look).output()).isEqualTo(target + "\nread");
    assertThat(box.run("echo x >> ../read*", look).exitCode()).isNotZero();
  }

  @Test
  void whatIsMountedBelowSomethingReadOnlyIsReadOnlyToo() throws Exception {
    var job = box.job().looking(List.of(Path.of("/sys"), Path.of("/run")));
    var mounts = box.run("cat /proc/self/mounts", job).output();
    assertThat(mounts).contains(" /sys ");
    assertThat(mounts.lines().filter(line -> line.matches("\\S+ /(sys|run)[ /].*")))
        .allMatch(line -> line.matches("\\S+ \\S+ \\S+ ro,nosuid,nodev\\b.*"));
  }

  @Test
  void nothingOfTheHostIsMountedButWhatTheJobNames() throws Exception {
    var points = box.run("cut -d' ' -f5 /proc/self/mountinfo | sort -u").output();
    assertThat(points.lines())
        .allMatch(point ->
            point.matches("/|/(usr|bin|sbin|lib\\w*|etc|dev|proc)(/.*)?|/tmp|/muster/.*")
                || point.startsWith(box.target.toString()));
    assertThat(box.run("ls -A /").output().lines())
        .isSubsetOf(
            "bin",
            "dev",
            "etc",
            "lib",
            "lib32",
            "lib64",
            "libx32",
            "muster",
            "proc",
            "sbin",
            "tmp",
            "usr",
            box.target.getName(0).toString());
  }

  @Test
  void temporaryFilesAreItsOwnAndTheHostsAreNotSeen() throws Exception {
    var seen = folder.toRealPath().resolve("seen");
    Files.writeString(seen, "x");
    assertThat(box.run("test ! -e " + seen + "; ls -A /dev/shm; echo x > /tmp/y").exitCode())
        .isZero();
    assertThat(box.run("ls /tmp/y /dev/shm/y").exitCode()).isNotZero();
  }

  @Test
  void itsOwnLoopbackNetworkWorks() throws Exception {
    assertThat(box.run("exec 3<>/dev/tcp/127.0.0.1/9").output()).contains("Connection refused");
  }

  @Test
  void theHostsNameAndProcessesAreItsOwnBusiness() throws Exception {
    assertThat(box.run("cat /proc/sys/kernel/hostname").output()).isEqualTo("muster");
    assertThat(box.run("ls -d /proc/[0-9]* | wc -l").output()).matches("[1-9]");
    assertThat(box.run("ps -o sid= -p $$ | tr -d ' '; exec 3<>/dev/tty").exitCode()).isNotZero();
    assertThat(box.run("kill -9 1 || :; echo on").output()).endsWith("on");
  }

  @Test
  void whatCannotBeSetUpIsNotStarted() throws Exception {
    var it = box.job();
    var gone = box.target.resolveSibling("gone");
    var job = Job.plain(it.names(), it.work(), it.inputs(), it.scratch(), gone, List.of());
    try {
      var outcome = box.run("touch started", job);
      assertThat(outcome.exitCode()).isNotZero();
      assertThat(outcome.output()).contains(gone.toString());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("could not be set up").hasMessageContaining("gone");
    }
    assertThat(it.work().resolve("started")).doesNotExist();
  }

  @Test
  void noPrivilegesCanBeGained() throws Exception {
    assertThat(box.run("unshare -Ur true").exitCode()).isNotZero();
    assertThat(box.run("mount -t tmpfs none /tmp").exitCode()).isNotZero();
    assertThat(box.run("grep -E '^CapEff' /proc/self/status").output())
        .endsWith("0000000000000000");
    assertThat(box.run("chroot / true").exitCode()).isNotZero();
  }

  @Test
  void backgroundProcessesEndWithTheStep() throws Exception {
    var outcome = box.run("setsid sleep 987.1 & sleep 987.2 & nohup sleep 987.3 & echo started");
    assertThat(outcome.output()).contains("started");
    assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(5));
    assertThat(SandboxFixture.stepsWith("sleep\000987.")).isEmpty();
  }

  @Test
  void aStepThatTakesTooLongIsKilledWithEverythingItStarted() throws Exception {
    var outcome =
        box.run("trap '' TERM; setsid sleep 986.1 & sleep 986.2", box.job(), Duration.ofSeconds(1));
    assertThat(outcome.exitCode()).isEqualTo(124);
    assertThat(outcome.note()).contains("its time was over");
    assertThat(SandboxFixture.stepsWith("sleep\000986.")).isEmpty();
  }

  @Test
  void anInterruptKillsTheStep() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                box.run("sleep 985.1");
                ended.complete(new AssertionError("it ended by itself"));
              } catch (IOException | InterruptedException e) {
                ended.complete(e);
              }
            });
    while (SandboxFixture.stepsWith("sleep\000985.").isEmpty()) Thread.sleep(20);
    thread.interrupt();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(SandboxFixture.stepsWith("sleep\000985.")).isEmpty();
  }

  @Test
  void aFloodOfOutputIsCountedHashedCutAndStopped() throws Exception {
    var some = box.run("head -c 2000000 /dev/zero | tr '\\0' x");
    assertThat(some.bytes()).isEqualTo(2_000_000);
    assertThat(some.output()).hasSize((1 << 20) + "\n=== cut here".length());
    var flood = box.run("yes");
    assertThat(flood.exitCode()).isEqualTo(137);
    assertThat(flood.note()).contains("printed more than it may");
  }

  @Test
  void aForkBombIsBounded() throws Exception {
    var outcome =
        box.run("bomb() { bomb | bomb & }; bomb; sleep 1000", box.job(), Duration.ofMillis(1500));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(15));
    assertThat(box.run("echo alive").output()).isEqualTo("alive");
  }

  @Test
  void aMemoryHogIsBounded() throws Exception {
    var outcome = box.run("x=$(head -c 400M /dev/zero | tr '\\0' y); echo ${#x}");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(box.run("head -c 100M /dev/zero > /tmp/big").exitCode()).isNotZero();
    assertThat(box.run("head -c 100M /dev/zero > big").exitCode()).isNotZero();
  }

  @Test
  void aMissingBashIsAnErrorNotASilence() {
    assertThatThrownBy(() ->
            ProcessRun.run(
                List.of("/no/such/program"),
                Map.of(),
                Path.of("/"),
                Duration.ofSeconds(1),
                new Capture(OutputStream.nullOutputStream(), SandboxFixture.LIMITS),
                new ProcessTree() {
                  @Override
                  public void started(Process process) {}

                  @Override
                  public void kill(Process process) {}
                }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/program");
  }
}
