package dev.muster.orchestrator.security.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody is for. Whoever operates does not approve, unless they have both roles.
public enum Role {
  VIEWER,
  OPERATOR,
  APPROVER,
  ADMIN;

  public boolean allows(Permission permission) {
    return switch (permission) {
      case READ -> true;
      case OPERATE, ASK -> this == OPERATOR || this == ADMIN;
      case DECIDE -> this == APPROVER || this == ADMIN;
      case ADMINISTER -> this == ADMIN;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Null for what is no role.
  public static @Nullable Role of(String word) {
    for (var role : values()) {
      if (role.word().equals(word.strip().toLowerCase(Locale.ROOT))) return role;
    }
    return null;
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Role::word).toList();
  }

  public static List<String> words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).toList();
  }

  /// As they are stored: words with commas. What is no role any more gives no right.
  public static Set<Role> parse(String text) {
    var roles = EnumSet.noneOf(Role.class);
    for (var word : text.split(",", 20)) {
      var role = of(word);
      if (role != null) roles.add(role);
    }
    return roles;
  }

  public static String format(Set<Role> roles) {
    return String.join(",", words(roles));
  }
}
