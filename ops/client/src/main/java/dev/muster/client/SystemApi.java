package dev.muster.client;

import dev.muster.protocol.view.CollectionView;
import dev.muster.protocol.view.ModelTestView;
import dev.muster.protocol.view.ModelsView;
import dev.muster.protocol.view.NodeView;
import dev.muster.protocol.view.ReaderStanding;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Nodes, models and the readers of the journal, as resources of the API.
public final class SystemApi {
  private final Api api;

  SystemApi(Api api) {
    this.api = api;
  }

  /// Takes work off a node, or gives it back.
  public void drain(String node, boolean drained) {
    api.client()
        .post(
            "/nodes/" + Api.segment(node) + (drained ? "/drain" : "/uncordon"),
            Json.MAPPER.createObjectNode());
  }

  public Stream<Fetched<ReaderStanding>> readers() {
    return api.client().list("/readers?limit=" + Api.PAGE, ReaderStanding.class);
  }

  public Fetched<CollectionView> collection() {
    return api.client().get("/collection", CollectionView.class);
  }

  public void rebuild(String reader) {
    api.client()
        .post("/readers/" + Api.segment(reader) + "/rebuild", Json.MAPPER.createObjectNode());
  }

  public Fetched<ModelsView> models() {
    return api.client().get("/models", ModelsView.class);
  }

  public Fetched<ModelTestView> testModel(String profile) {
    var path = "/models/" + Api.segment(profile) + "/test";
    return api.client().post(path, Json.MAPPER.createObjectNode(), ModelTestView.class);
  }

  public Stream<Fetched<NodeView>> nodes() {
    return nodes(null);
  }

  /// @param filter as the API takes it; null for all
  public Stream<Fetched<NodeView>> nodes(@Nullable String filter) {
    return api.client().list("/nodes?limit=" + Api.PAGE + Api.filter(filter), NodeView.class);
  }
}
