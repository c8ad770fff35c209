package dev.muster.node.models.pool;

import dev.muster.protocol.instruction.TaskType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which profiles may do a task: what its file asks for by name, else the cheapest that suits, then
/// the dearer ones. Pure.
public record Routing(ModelSettings settings) {
  private static final String LOCAL = "local";

  /// What a file says of the model it wants.
  ///
  /// @param classification what stands under TASK_CLASSIFICATION beside the type, such as its tool
  /// @param wanted the `LLM Provider` of its metadata: a profile, a provider or a kind, or several
  ///   with commas between, each the fallback of that before; null for none
  public record Need(TaskType type, String classification, @Nullable String wanted) {}

  /// Profiles, or why there is none.
  ///
  /// @param profiles the first, then its fallbacks
  /// @param why in words: whom it was chosen for, or what to set
  public record Route(List<Profile> profiles, String why) {
    public Route {
      profiles = List.copyOf(profiles);
    }
  }

  public Route route(Need need) {
    if (settings.profiles().isEmpty()) return new Route(List.of(), Missing.WORDS);
    var wanted = need.wanted();
    if (wanted != null && !wanted.isBlank()) {
      var named = named(wanted.strip().toLowerCase(Locale.ROOT));
      if (!named.isEmpty()) return new Route(named, "LLM Provider: " + wanted.strip());
      // A file that came from elsewhere may name what is not here; it is still carried out.
      var other = bySuit(need);
      return new Route(
          other.profiles(),
          other.why() + "; no profile or provider here is called " + wanted.strip());
    }
    return bySuit(need);
  }

  /// Whom a file names, in its order. Nobody else is asked: whoever names one wants no other.
  private List<Profile> named(String wanted) {
    var all = new LinkedHashSet<Profile>();
    for (var name : wanted.split(",", -1)) {
      var word = name.strip();
      var profile = settings.profiles().get(word);
      if (profile != null) all.add(profile);
      else settings.profiles().values().stream().filter(it -> isOf(it, word)).forEach(all::add);
    }
    return new ArrayList<>(all);
  }

  private boolean isOf(Profile profile, String wanted) {
    return profile.targets().stream()
        .anyMatch(it ->
            it.provider().equals(wanted)
                || settings
                    .provider(it.provider())
                    .kind()
                    .name()
                    .equals(wanted.toUpperCase(Locale.ROOT)));
  }

  private Route bySuit(Need need) {
    var said = need.classification().toLowerCase(Locale.ROOT);
    var meant = cheapestFirst(it -> it.tools().stream().anyMatch(said::contains));
    var suitable = cheapestFirst(it -> it.suits().contains(need.type()));
    if (!meant.isEmpty()) {
      return new Route(
          withFallbacks(meant, suitable),
          "its classification says " + wordOf(meant.getFirst(), said));
    }
    var preferred = settings.profiles().get(LOCAL);
    if (!suitable.isEmpty()) {
      return new Route(suitable, "the cheapest that suits " + need.type());
    }
    var why = "no profile suits " + need.type();
    if (preferred != null) return new Route(List.of(preferred), why + ", so " + preferred.name());
    return new Route(
        List.of(),
        why
            + "; say so in one of them: models.profiles.NAME.suits = ["
            + need.type().name().toLowerCase(Locale.ROOT)
            + "]");
  }

  private List<Profile> cheapestFirst(Predicate<Profile> which) {
    return settings.profiles().values().stream()
        .filter(which)
        .sorted(Comparator.comparingDouble(this::typicalPrice))
        .toList();
  }

  private static String wordOf(Profile profile, String said) {
    return profile.tools().stream().filter(said::contains).sorted().findFirst().orElseThrow();
  }

  private static List<Profile> withFallbacks(List<Profile> first, List<Profile> others) {
    var all = new LinkedHashSet<>(first);
    all.addAll(others);
    return new ArrayList<>(all);
  }

  /// What has no price is taken for free, as what runs on the own machine is.
  private double typicalPrice(Profile profile) {
    var price = settings.price(profile.targets().getFirst());
    return price == null ? 0 : price.typical();
  }
}
