package dev.muster.cli.verb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `+a -b` among the arguments of `runs tag`, where `-b` would be options. What has one letter is
/// one.
final class TagSigns implements IParameterPreprocessor {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    var words = new ArrayList<>(arguments);
    Collections.reverse(words); // the next is on top
    for (var at = 0; at < words.size(); at++) {
      var word = words.get(at);
      if (word.matches("-[A-Za-z0-9].+")) words.set(at, "--remove=" + word.substring(1));
      else if (word.matches("[+].+")) words.set(at, word.substring(1));
    }
    Collections.reverse(words);
    arguments.clear();
    arguments.addAll(words);
    return false;
  }
}
