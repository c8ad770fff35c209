package dev.muster.cli.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.verb.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What a command shows, held against what was agreed. `-Dgolden.write=true` writes it anew.
public record GoldenView(CliBench bench, Path folder, Path golden) {
  /// On a terminal so wide: nothing is wider, but commands that are to be copied.
  public void fits(String command, int width) throws IOException {
    bench.columns = width;
    bench.muster(command.split(" "));
    assertThat(bench.out() + bench.err()).isNotEmpty();
    isNotWider(width);
    isAsAgreed(command, "-" + width);
  }

  /// The same for what is printed by a part of a command.
  public void printed(String name, int width, Consumer<Context> print) throws IOException {
    bench.columns = width;
    bench.inside(print);
    isNotWider(width);
    isAsAgreed(name, "-" + width);
  }

  private void isNotWider(int width) {
    assertThat(shown().lines())
        .as("a command that is to be copied is never broken")
        .filteredOn(line -> !line.contains("muster "))
        .allMatch(line -> columnsOf(line) <= width);
  }

  /// For a program.
  public void isAsAgreed(String command) throws IOException {
    bench.muster(command.split(" "));
    assertThat(bench.out()).as(bench.err()).isNotEmpty();
    isAsAgreed(command, "");
  }

  private void isAsAgreed(String command, String end) throws IOException {
    var found = shown() + "--- stderr\n" + bench.err().replace(folder.toString(), "/w");
    var file = golden.resolve(command.replaceAll("[^a-z]+", "-") + end + ".txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(golden);
      Files.writeString(file, found);
    }
    assertThat(found).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }

  private String shown() {
    return bench
        .out()
        .replace(folder.toString(), "/w")
        .replace(bench.node.url().toString(), "http://127.0.0.1:74001");
  }

  /// Written anew on purpose: wide are the characters of these samples that are.
  public static int columnsOf(String line) {
    return line.codePoints().map(c -> (c >= 0x4E00 && c < 0xA000) || c >= 0x1F000 ? 2 : 1).sum();
  }
}
