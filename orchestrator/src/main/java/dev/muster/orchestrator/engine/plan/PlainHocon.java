package dev.muster.orchestrator.engine.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.File;
import java.net.URL;
import java.util.regex.Pattern;

/// HOCON that may come from anybody: it includes nothing, neither from the network nor from a file,
/// and reads no variable of the environment.
public final class PlainHocon {
  public static final int BYTES_MAX = 256 * 1024;

  /// Each may double what the one before it stands for.
  private static final int PUT_TOGETHER_MAX = 16;

  /// `${…}`, `+=`, and lists or objects side by side.
  private static final Pattern PUT_TOGETHER = Pattern.compile("\\$\\{|\\+=|[\\]}][ \\t]*[\\[{]");

  private PlainHocon() {}

  /// @param origin how messages call the text
  /// @throws ConfigException in words
  public static Config parse(String origin, String text) {
    var many = PUT_TOGETHER.matcher(text).results().skip(PUT_TOGETHER_MAX).findFirst();
    if (many.isPresent()) {
      throw new ConfigException.Generic(
          "%s:%d: expected at most %d values that are put together of others (`${…}`, `+=`, `] [`), found more"
              .formatted(origin, lineOf(text, many.get().start()), PUT_TOGETHER_MAX));
    }
    try {
      return ConfigFactory.parseString(
              text,
              ConfigParseOptions.defaults()
                  .setOriginDescription(origin)
                  .setIncluder(new NoIncluder(origin, text)))
          .resolve(ConfigResolveOptions.noSystem());
    } catch (StackOverflowError e) {
      throw new ConfigException.Generic(origin + ": is nested too deep");
    }
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(it -> it == '\n').count();
  }

  private record NoIncluder(String origin, String text)
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private static final Pattern INCLUDE = Pattern.compile("\\binclude\\b");

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw refusal(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw refusal(what.toString());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw refusal(what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw refusal(what);
    }

    private ConfigException refusal(String what) {
      return new ConfigException.Generic(
          "%s:%d: expected a file that stands for itself, found an include of %s; write what it holds into this file"
              .formatted(origin, line(), what));
    }

    /// Of the first word `include`, which the parser does not tell.
    private int line() {
      var found = INCLUDE.matcher(text);
      return found.find() ? lineOf(text, found.start()) : 1;
    }
  }
}
