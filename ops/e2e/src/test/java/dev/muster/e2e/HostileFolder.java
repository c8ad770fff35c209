package dev.muster.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A folder of instruction files as no one wrote them, with one good file among them.
final class HostileFolder {
  static final String GOOD = "WORKER_001_Test.md";
  static final String GOOD_WITH_CRLF = "WORKER_002_Carriage_Returns.md";
  private static final int DEEP_FOLDERS = 40;
  private static final int TOO_DEEP_FOLDERS = 64;
  private static final int DEEP_MARKS = 100_000;
  private static final long HUGE_BYTES = 50L << 20;

  private final Path folder;
  private final List<String> files = new ArrayList<>();

  private HostileFolder(Path folder) {
    this.folder = folder;
  }

  static HostileFolder in(Path folder) throws Exception {
    var hostile = new HostileFolder(folder);
    Workforces.write(folder, Workforces.Worker.simple(1, 1, ""));
    hostile.files.add(GOOD);
    hostile.bytes();
    hostile.texts();
    hostile.depths();
    hostile.links();
    return hostile;
  }

  Path folder() {
    return folder;
  }

  /// Every path that a report must name, below the folder.
  List<String> files() {
    return List.copyOf(files);
  }

  private String good() throws IOException {
    return Files.readString(folder.resolve(GOOD));
  }

  private Path add(String name) throws IOException {
    files.add(name);
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void bytes() throws IOException {
    var noise = new byte[4096];
    new Random(7).nextBytes(noise);
    Files.write(add("WORKER_101_Binary.md"), noise);
    Files.createFile(add("WORKER_102_Empty.md"));
    try (var huge = new RandomAccessFile(add("WORKER_103_Huge.md").toFile(), "rw")) {
      huge.setLength(HUGE_BYTES);
    }
    var latin = good().replace("# Worker 001: Test", "# Worker 104: Prüfung");
    Files.write(add("WORKER_104_Latin.md"), latin.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(add("WORKER_105_Nul.md"), "# Worker 105: Nul\n\nline\nwith \0 inside\n");
    var unreadable = Files.writeString(add("WORKER_106_Unreadable.md"), good());
    Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
  }

  private void texts() throws IOException {
    var crlf = good().replace("001", "002").replace("\n", "\r\n");
    Files.writeString(add(GOOD_WITH_CRLF), "\uFEFF" + crlf);
    var test = good().indexOf("```", good().indexOf("TEST_PROCESS"));
    var close = good().indexOf("```", test + 3);
    Files.writeString(
        add("WORKER_107_Unclosed.md"), good().substring(0, close) + good().substring(close + 3));
    Files.writeString(add("WORKER_108_Control_\u001B[31mRed.md"), good());
    Files.writeString(
        add("WORKER_109_Control_Text.md"),
        good().replace("No prior workers", "WORKER_900 \u001B]0;owned\u0007 and WORKER_\u001B[2J"));
    Files.writeString(add("sub/WORKER_001_Twin.md"), good());
    Files.writeString(add("WORKER_no_number.md"), "# No number\n");
  }

  private void depths() throws IOException {
    Files.writeString(add("WORKER_110_Quotes.md"), ">".repeat(DEEP_MARKS) + good());
    Files.writeString(add("WORKER_111_Lists.md"), "- ".repeat(DEEP_MARKS) + "\n" + good());
    Files.writeString(
        add("WORKER_112_Json.md"),
        good().replace("{\"worker_id\"", "{\"a\":".repeat(DEEP_MARKS) + "{\"worker_id\""));
    Files.writeString(
        add("WORKER_113_Shell.md"), good().replace("grep -qx", "$(".repeat(DEEP_MARKS) + "grep"));
    Files.writeString(
        add("WORKER_114_Groups.md"),
        good().replace("grep -qx", "{ ( ".repeat(DEEP_MARKS) + "grep"));
    Files.writeString(
        add("WORKER_115_Range.md"),
        good().replace("No prior workers", "WORKER_000000001-999999999, Phase 0-999999999"));
    Files.writeString(add("d/".repeat(DEEP_FOLDERS) + "WORKER_116_Deep.md"), good());
    var tooDeep = add("e/".repeat(TOO_DEEP_FOLDERS) + "f");
    Files.createDirectories(tooDeep);
  }

  private void links() throws Exception {
    Files.createSymbolicLink(folder.resolve("again"), Path.of("."));
    Files.createSymbolicLink(add("WORKER_117_Loop.md"), Path.of("WORKER_117_Loop.md"));
    Files.createSymbolicLink(add("WORKER_118_Nowhere.md"), Path.of("not-there.md"));
    Files.createDirectory(add("WORKER_119_Folder.md"));
    Files.writeString(add("WORKER_119_Folder.md/WORKER_120_Inside.md"), good());
    var pipe = add("WORKER_121_Pipe.md");
    var made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) files.removeLast();
  }
}
