package dev.muster.e2e;

import static dev.muster.e2e.Workforces.block;

import dev.muster.e2e.Workforces.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// What users write into their instructions, a worker for each, so that one run tries them all.
final class Habits {
  static final String HERE_DOCUMENT = "WORKER_001";
  static final String NEVER_MADE = "WORKER_002";
  static final String NO_LANGUAGE = "WORKER_003";
  static final String LONG_LINE = "WORKER_004";
  static final String WEAK = "WORKER_005";
  static final String NOT_UTF8 = "WORKER_006";
  static final String SUMMARY = "WORKER_007";
  static final String TIMES = "WORKER_008";

  private Habits() {}

  static void write(Path flow) {
    Workforces.write(
        flow,
        worker(
            1,
            "echo wrong > f1.txt",
            "cat > want.txt <<'MD'\n```sh\nright\n```\nMD\ncmp want.txt f1.txt"),
        Worker.simple(2, 1, ""),
        Worker.simple(3, 1, ""),
        worker(
            4,
            "echo done > f4.txt; echo 'this line explains'",
            "grep -qx done f4.txt\nhead -c 300000 /dev/zero | tr '\\0' 'x'; echo"),
        worker(5, "echo wrong > f5.txt", "grep -q right f5.txt || true"),
        new Worker(
            6,
            1,
            "",
            "out/d",
            block("mkdir -p out/d; echo a > out/d/a; echo b > $'out/d/caf\\xe9.txt'"),
            "test -s out/d/a"),
        worker(7, "echo done > f7.txt", "grep -qx done f7.txt\nprintf 'PASSED: 12\\nFAILED: 0\\n'"),
        worker(
            8,
            "echo a > a.src; sleep 0.1; cp a.src f8.txt; sleep 0.1; cp f8.txt z.out",
            "test f8.txt -nt a.src; test z.out -nt f8.txt"));
    changed(
        flow.resolve(NEVER_MADE + "_Test.md"),
        text ->
            text.replace("- [ ] `results/002.txt`", "- [ ] `results/002.txt`\n- [ ] `model.pkl`"));
    changed(flow.resolve(NO_LANGUAGE + "_Test.md"), Habits::withASecondBlock);
  }

  private static String withASecondBlock(String text) {
    var at = text.indexOf("## 6. TEST_PROCESS");
    return text.substring(0, at)
        + "```\ntouch \"$PWD/second\"\n```\n\n"
        + text.substring(at).replace("grep -qx", "grep -q");
  }

  private static Worker worker(int number, String script, String test) {
    return new Worker(number, 1, "", "f%d.txt".formatted(number), block(script), test);
  }

  private static void changed(Path file, UnaryOperator<String> change) {
    try {
      var before = Files.readString(file);
      var after = change.apply(before);
      if (after.equals(before)) throw new IllegalStateException("nothing to change in " + file);
      Files.writeString(file, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
