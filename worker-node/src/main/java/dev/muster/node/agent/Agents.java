package dev.muster.node.agent;

import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.models.pool.Profile;
import dev.muster.node.models.pool.Routing;
import dev.muster.node.tools.Tool;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node's agents work with.
///
/// @param profile whom its role asks for; null for none
/// @param ledger of what all agents of a run may use together
/// @param outside agents of others, by name
/// @param roles that the run's setup has, for sessions
public record Agents(
    ModelPool pool,
    List<Tool> tools,
    Briefing briefing,
    AgentLimits limits,
    @Nullable String profile,
    Ledger ledger,
    Map<String, OutsideAgent> outside,
    List<Role> roles) {
  private static final String FINISH = "finish";
  private static final String ANSWERS = "room_post";

  public Agents {
    tools = List.copyOf(tools);
    outside = Map.copyOf(outside);
    roles = List.copyOf(roles);
  }

  /// Of no role.
  public Agents(ModelPool pool, List<Tool> tools, Briefing briefing, AgentLimits limits) {
    this(pool, tools, briefing, limits, null, Ledger.NONE, Map.of(), List.of());
  }

  public Agents with(Ledger other) {
    return new Agents(pool, tools, briefing, limits, profile, other, outside, roles);
  }

  public Agents knowing(List<Role> all) {
    return new Agents(pool, tools, briefing, limits, profile, ledger, outside, all);
  }

  /// In a role: it only takes tools away, and never the one by which the work ends.
  public Agents in(@Nullable Role role) {
    if (role == null) return this;
    var left =
        role.tools().isEmpty()
            ? tools
            : tools.stream().filter(it -> isOf(role, it.spec().name())).toList();
    return new Agents(pool, left, briefing, limits, role.profile(), ledger, outside, roles);
  }

  /// That its file names; null when it names none that there is.
  public @Nullable Role role(Brief brief) {
    var name = brief.role();
    if (name == null) return null;
    return roles.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst().orElse(null);
  }

  /// How often an attempt in a role may mend what the runtime found: never more than anybody.
  public int repairsMax(@Nullable Role role) {
    var own = role == null ? null : role.repairsMax();
    return own == null ? limits.repairsMax() : Math.min(own, limits.repairsMax());
  }

  private static boolean isOf(Role role, String tool) {
    return tool.equals(FINISH) || role.tools().contains(tool);
  }

  public Agents with(Map<String, OutsideAgent> others) {
    return new Agents(pool, tools, briefing, limits, profile, ledger, others, roles);
  }

  /// For whom nobody is asked at a limit: it would have to be gone on with in the middle.
  public Agents neverAsking() {
    return new Agents(pool, tools, briefing, limits.neverAsking(), profile, ledger, outside, roles);
  }

  /// Whoever is to do the work in place of an agent of ours; null for nobody.
  public @Nullable OutsideAgent outside(Brief brief) {
    var wanted = wanted(brief);
    return wanted == null ? null : outside.get(wanted.strip().toLowerCase(Locale.ROOT));
  }

  private @Nullable String wanted(Brief brief) {
    return brief.provider() == null ? profile : brief.provider();
  }

  /// Whether it can speak to the other workers of its wave.
  public boolean hearsOthers() {
    return tools.stream().anyMatch(it -> it.spec().name().equals(ANSWERS));
  }

  public List<ToolSpec> specs() {
    return tools.stream().map(Tool::spec).toList();
  }

  /// Who may be asked. Each try that failed puts the next profile first.
  public Routing.Route route(WorkerInstruction instruction, Brief brief, int tries) {
    var other = outside(brief);
    var wanted = other == null ? wanted(brief) : other.profile();
    var need = new Routing.Need(instruction.type(), brief.classification(), wanted);
    var route = new Routing(pool.settings()).route(need);
    if (route.profiles().isEmpty()) return route;
    var turned = new ArrayList<>(route.profiles());
    Collections.rotate(turned, -(tries % turned.size()));
    return new Routing.Route(turned, route.why());
  }

  /// How many tokens a request may use, whoever answers it.
  public static long tokens(List<Profile> profiles, ModelRequest request) {
    return request.tokensAbout() + profiles.stream().mapToInt(Profile::tokensMax).max().orElse(0);
  }

  /// The longest question that one of them can be asked: those with a smaller window are passed
  /// over.
  public static long questionMax(List<Profile> profiles) {
    return profiles.stream().mapToLong(Profile::questionMax).max().orElse(0);
  }

  /// What it may cost, in millionths of a dollar. What has no price is taken for free.
  public long costMicros(List<Profile> profiles, ModelRequest request) {
    var most = 0L;
    for (var profile : profiles) {
      var usage = Usage.of(request.tokensAbout(), profile.tokensMax(), 0);
      for (var target : profile.targets()) {
        var price = pool.settings().price(target);
        if (price != null) most = Math.max(most, price.costMicros(usage));
      }
    }
    return most;
  }
}
