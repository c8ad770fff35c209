package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.protocol.view.SettingView;
import java.util.List;

/// What this node was set to, and by what. It names folders and servers of others, so it is for
/// whoever could read the files themselves.
public final class SettingEndpoints {
  private final List<SettingView> settings;

  public SettingEndpoints(List<SettingView> settings) {
    this.settings = List.copyOf(settings);
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/settings", _ -> Answer.ok(new Listing.Page<>(settings, null)))
            .needing(Permission.ADMINISTER));
  }
}
