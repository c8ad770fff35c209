package dev.muster.node.foresight;

import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.node.workspace.TreeScan;
import dev.muster.node.workspace.TreeScan.Bounds;
import dev.muster.protocol.approval.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A target of which one folder may be written, and a workspace.
abstract class ForesightFixture {
  private static final Bounds ALL = new Bounds(20_000, 1 << 30);

  @TempDir Path folder;
  Path work;
  Path target;
  Path site;

  @BeforeEach
  void lay() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(folder.resolve("inputs"));
    target = Files.createDirectories(folder.resolve("target"));
    site = Files.createDirectories(target.resolve("site/old"));
    site = target.resolve("site");
    Files.writeString(site.resolve("index.html"), "one\ntwo\n");
    Files.writeString(site.resolve("old/a.txt"), "12345");
    Files.writeString(target.resolve("other.txt"), "stays");
    Files.writeString(work.resolve("new.html"), "one\n2\n");
  }

  final Preview foresee(String script) {
    return foresee(script, true);
  }

  final Preview foresee(String script, boolean isolated) {
    return Foresight.of(script, landscape(isolated));
  }

  final Landscape landscape(boolean isolated) {
    try {
      var written = new TreeMap<String, FileTree>();
      written.put(site.toString(), TreeScan.glance(site, ALL, List.of()));
      var content =
          new OperationContent(
              TreeScan.whole(work, ALL),
              FileTree.EMPTY,
              Seen.WHOLE,
              TreeScan.glance(target, ALL, List.of(site)),
              "",
              written,
              new TreeMap<>());
      return new Landscape(
          work,
          folder.resolve("inputs"),
          target,
          work,
          target,
          content,
          isolated,
          "run_1",
          "WORKER_001");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
