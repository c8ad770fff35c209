package dev.muster.node.foresight;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command of a script.
///
/// @param text as it is written, on one line
/// @param words its name and what it is given; empty where `why` says something
/// @param to the file that gets what it prints; null for none
/// @param appends to that file
/// @param fed what it is given to read, word for word; null for nothing
/// @param why nobody can say what it does; null where its words say it all
/// @param follows it is carried out only where the one before has been, and was well
record Statement(
    String text,
    List<Word> words,
    @Nullable Word to,
    boolean appends,
    @Nullable String fed,
    @Nullable String why,
    boolean follows) {
  Statement {
    words = List.copyOf(words);
  }

  /// @param quoted some of it stands in quotes
  /// @param pattern it stands for every name that matches it
  record Word(String text, boolean quoted, boolean pattern) {}

  /// The same, with the text that it reads, where it reads one word for word.
  Statement reading(String all) {
    return fed == null ? this : new Statement(text, words, to, appends, all, why, follows);
  }

  String name() {
    return words.isEmpty() ? "" : words.getFirst().text();
  }

  /// What follows its name and its options.
  List<Word> operands() {
    var options = true;
    var found = new ArrayList<Word>();
    for (var word : words.subList(Math.min(1, words.size()), words.size())) {
      if (options && word.text().equals("--")) options = false;
      else if (!options || !word.text().startsWith("-") || word.text().equals("-")) found.add(word);
    }
    return found;
  }

  /// The letters of its options, and its long options whole.
  List<String> options() {
    var found = new ArrayList<String>();
    for (var word : words.subList(Math.min(1, words.size()), words.size())) {
      if (word.text().equals("--")) break;
      if (word.text().startsWith("--")) found.add(word.text());
      else if (word.text().startsWith("-"))
        word.text().substring(1).chars().forEach(it -> found.add(Character.toString(it)));
    }
    return found;
  }
}
