package dev.muster.protocol.instruction;

import java.util.Set;
import java.util.regex.Pattern;

/// What a secret may be called: it becomes a variable of a script, and must not change how the
/// script is run.
public final class SecretNames {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern STEERS =
      Pattern.compile("(MUSTER|LD|BASH|GIT|PYTHON|PERL|NODE|JAVA|RUBY|DYLD|GLIBC|SSH)_.*");
  private static final Set<String> TAKEN =
      Set.of(
          "PATH",
          "HOME",
          "LANG",
          "TMPDIR",
          "IFS",
          "ENV",
          "PS1",
          "PS4",
          "SHELL",
          "SHELLOPTS",
          "BASHOPTS",
          "CDPATH",
          "GLOBIGNORE",
          "PWD",
          "OLDPWD",
          "EDITOR",
          "PAGER",
          "PERL5OPT",
          "PERL5LIB",
          "RUBYOPT",
          "CLASSPATH",
          "POSIXLY_CORRECT",
          "LC_ALL",
          "TERM",
          "USER");

  private SecretNames() {}

  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !TAKEN.contains(name) && !STEERS.matcher(name).matches();
  }
}
