package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.node.sandbox.SandboxFixture.Outcome;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What keeps a script from what namespaces alone would leave open.
@ResourceLock(SandboxFixture.ALONE)
abstract class LockPromises {
  private final SandboxKind kind;
  private final boolean cgroups;

  @TempDir Path folder;
  SandboxFixture box;

  LockPromises(SandboxKind kind, boolean cgroups) {
    this.kind = kind;
    this.cgroups = cgroups;
  }

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.REQUIRE, cgroups, kind);
  }

  @AfterEach
  void close() {
    if (box != null) box.close();
  }

  private Job seeing(Path target) {
    var it = box.job();
    return Job.plain(it.names(), it.work(), it.inputs(), it.scratch(), target, List.of());
  }

  private static boolean isRoot() {
    return OtherUser.possible();
  }

  private static int uid(Path file) throws Exception {
    return (int) Files.getAttribute(file, "unix:uid");
  }

  @Test
  void aFilterOfSystemCallsIsOn() throws Exception {
    assertThat(box.sandbox.describe()).doesNotContain("no filter");
    assertThat(box.run("grep -E '^(Seccomp|NoNewPrivs):' /proc/self/status | cut -f2").output())
        .isEqualTo("1\n2");
  }

  /// With perl's own words for an error: 1 is EPERM, 38 ENOSYS, 97 EAFNOSUPPORT.
  @Test
  void theKernelAnswersNoToWhatReachesPastNamespaces() throws Exception {
    assumeThat(Launch.program("perl")).isNotNull();
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
    var outcome =
        box.run(
            """
            perl -e '
              for my $call (250, 248, 321, 298, 323, 425, 304, 272, 101, 165, 435) {
                $! = 0;
                syscall($call, 0x10000000, 0, 0, 0, 0);
                print "$call ", $! + 0, "\\n";
              }
              for my $family (40, 38, 17) {
                $! = 0;
                socket(my $s, $family, 1, 0);
                print "family $family ", $! + 0, "\\n";
              }'
            """);
    assertThat(outcome.output().lines())
        .containsExactly(
            "250 1",
            "248 1",
            "321 1",
            "298 1",
            "323 1",
            "425 38",
            "304 1",
            "272 1",
            "101 1",
            "165 1",
            "435 38",
            "family 40 97",
            "family 38 97",
            "family 17 97");
  }

  @Test
  void ordinaryProgramsDoNotNoticeTheFilter() throws Exception {
    for (var program : List.of("git", "python3")) {
      assumeThat(Launch.program(program)).as(program).isNotNull();
    }
    var outcome =
        box.run(
            """
            git init -q . && echo x > f && git add f
            git -c user.name=a -c user.email=b@c commit -qm m && git log --oneline | wc -l
            /usr/bin/python3 - <<'P'
            import multiprocessing, os, socket, subprocess, tempfile, threading
            t = threading.Thread(target=lambda: None); t.start(); t.join()
            print(subprocess.run(['echo', 'ran'], capture_output=True, text=True).stdout.strip())
            with multiprocessing.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, -2]))
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            c = socket.create_connection(s.getsockname()); print(c.getsockname()[0])
            print([name for _, name in socket.if_nameindex()][0])
            with tempfile.NamedTemporaryFile() as f: os.chmod(f.name, 0o755)
            P
            tar cf a.tar f && tar xf a.tar && cp -a f g && mkfifo p && ln -s f l && sed -i s/x/y/ f
            """);
    assertThat(outcome.output().lines()).containsExactly("1", "ran", "[1, 2]", "127.0.0.1", "lo");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void noSetIdBitAndNothingOfRootsStaysOnTheHost() throws Exception {
    var outcome =
        box.run("touch f; mkdir d; chmod 4755 f; chmod 2755 f; chmod g+s d; chmod 755 f || exit 9");
    assertThat(outcome.exitCode()).isNotZero();
    box.run("cp /bin/true g; chmod 6755 g || :; install -m 4755 /bin/true h || :; mkdir -m 2755 e");
    try (var all = Files.walk(box.job().work())) {
      for (var file : all.toList()) {
        assertThat((int) Files.getAttribute(file, "unix:mode") & 06000).as("%s", file).isZero();
        if (isRoot()) assertThat(uid(file)).as("%s", file).isNotZero();
      }
    }
  }

  @Test
  void whatBelongsToRootIsSeenAsByAStranger() throws Exception {
    assumeThat(isRoot()).isTrue();
    assertThat(box.run("id -u; test -O /usr").output()).doesNotMatch("0|1000");
    assertThat(box.run("test -O /usr || test -O /etc/ssl/certs").exitCode()).isNotZero();
  }

  @Test
  void theTargetIsSeenAsByItsOwnerAndAPermitWritesAsItsOwner() throws Exception {
    var secret = Files.writeString(box.target.resolve("mine"), "mine");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(box.target, PosixFilePermissions.fromString("rwx------"));
    assertThat(box.run("cat $MUSTER_TARGET/mine").output()).isEqualTo("mine");
    var permitted = box.job().widened(List.of(box.target), false);
    var outcome =
        box.run("echo more >> $MUSTER_TARGET/mine; echo x > $MUSTER_TARGET/new", permitted);
    assertThat(outcome.output()).isEmpty();
    assertThat(secret).hasContent("minemore");
    assertThat(uid(box.target.resolve("new"))).isEqualTo(uid(secret));
  }

  @Test
  void aTargetAroundTheDataFolderChangesNothing() throws Exception {
    var job = seeing(folder.toRealPath()).widened(List.of(folder.toRealPath()), false);
    assertThat(box.run("echo x > out; ls -A $MUSTER_TARGET/data; echo y > $MUSTER_TARGET/z", job))
        .extracting(Outcome::exitCode, Outcome::output)
        .containsExactly(0, "");
    assertThat(box.run("cat out; echo again > out", seeing(folder.toRealPath())).output())
        .isEqualTo("x");
  }

  @Test
  void socketsAndPipesOfTheTargetCommandNobody() throws Exception {
    var address = UnixDomainSocketAddress.of(box.target.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      Files.setPosixFilePermissions(
          address.getPath(), PosixFilePermissions.fromString("rwxrwxrwx"));
      var deep = Files.createDirectories(box.target.resolve("a/b"));
      var pipe = new ProcessBuilder("mkfifo", "-m", "666", deep + "/p").start();
      assertThat(pipe.waitFor()).isZero();
      var outcome =
          box.run(
              "test ! -S $MUSTER_TARGET/s && test ! -p $MUSTER_TARGET/a/b/p; ls $MUSTER_TARGET");
      assertThat(outcome.output()).isEqualTo("a\ns");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void dataFoldersAndSettingsOfAnyNodeAreMaskedInTheTarget() throws Exception {
    var other = Files.createDirectories(box.target.resolve("sub/.muster"));
    Files.writeString(other.resolve("operator.token"), "secret");
    Files.writeString(other.resolve("journal"), "secret");
    Files.writeString(box.target.resolve("sub/muster.conf"), "database.password = secret");
    var outcome = box.run("cd $MUSTER_TARGET/sub; ls -A .muster; cat muster.conf; echo done");
    assertThat(outcome.output()).isEqualTo("done");
    var permitted = box.job().widened(List.of(box.target.resolve("sub")), false);
    assertThat(box.run("cat $MUSTER_TARGET/sub/.muster/* || :; echo done", permitted).output())
        .doesNotContain("secret");
  }

  @Test
  void aFolderThatGrowsTooLargeEndsTheStep() throws Exception {
    var outcome =
        box.run("for i in $(seq 40); do head -c 30M /dev/zero > f$i; done; sleep 5; echo never");
    assertThat(outcome.exitCode()).isEqualTo(137);
    assertThat(outcome.note()).contains("more than the 256 MiB it may");
  }

  @Test
  void aDiskCannotBeTakenInOneMoment() throws Exception {
    assumeThat(Launch.program("fallocate")).isNotNull();
    assertThat(box.run("fallocate -l 10M f").exitCode()).isNotZero();
    assertThat(box.run("fallocate -l 10M -x f && du -k f | cut -f1").output()).startsWith("1024");
  }

  @Test
  void aFolderWithTooManyFilesEndsTheStep() throws Exception {
    var outcome = box.run("for i in $(seq 20000); do : > f$i; done; sleep 5; echo never");
    assertThat(outcome.exitCode()).isEqualTo(137);
    assertThat(outcome.note()).contains("more than the 5000 files and folders");
  }

  @Test
  void whatIsHeldOpenWithoutANameIsCountedToo() throws Exception {
    var outcome =
        box.run(
            """
            for i in 3 4 5 6 7 8 9; do eval "exec $i>gone; rm gone; head -c 60M /dev/zero >&$i"; done
            sleep 5; echo never
            """);
    assertThat(outcome.exitCode()).isEqualTo(137);
    assertThat(outcome.note()).contains("more than the 256 MiB it may");
  }

  @Test
  void whatLiesDeeperThanAPathCanSayIsCountedToo() throws Exception {
    var name = "d".repeat(250);
    var outcome =
        box.run(
            """
            for i in $(seq 40); do mkdir %1$s; cd %1$s; done 2>/dev/null
            for i in $(seq 40); do head -c 30M /dev/zero > f$i; done; sleep 5; echo never
            """
                .formatted(name));
    // JUnit could not.
    var gone = new ProcessBuilder("rm", "-rf", box.job().work().toString()).start();
    assertThat(gone.waitFor()).isZero();
    assertThat(outcome.note()).contains("more than the 256 MiB it may");
    assertThat(outcome.exitCode()).isEqualTo(137);
  }

  @Test
  void memoryIsCountedTogether() throws Exception {
    assumeThat(Launch.program("perl")).isNotNull();
    var outcome =
        box.run(
            "for i in 1 2 3; do perl -e '$x = \"x\" x (90 << 20); sleep 3; print \"held\"' & done;"
                + " wait -n; wait -n; wait -n",
            box.job(),
            Duration.ofSeconds(15));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).doesNotContain("heldheldheld");
    assertThat(outcome.note()).containsPattern("more than (the )?256 MiB");
  }
}
