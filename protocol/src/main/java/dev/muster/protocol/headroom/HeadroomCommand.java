package dev.muster.protocol.headroom;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.proof.FromNode;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// What the cluster's view of headroom can be told. Every orchestrator has one and registers it,
/// and every node reports to all of them.
public sealed interface HeadroomCommand extends CborSerializable {
  ServiceKey<HeadroomCommand> SERVICE_KEY =
      ServiceKey.create(HeadroomCommand.class, "ClusterHeadroom");

  record Reported(NodeHeadroom headroom) implements HeadroomCommand, FromNode {
    @Override
    public String saidBy() {
      return headroom.node();
    }
  }

  record Describe(ActorRef<ClusterView> replyTo) implements HeadroomCommand {}

  /// How that node did lately.
  record Recall(String node, ActorRef<HeadroomTrend> replyTo) implements HeadroomCommand {}

  /// Tell this subscriber now, whenever a node opens, closes or changes, and of mere figures once a
  /// second. Subscribers are watched.
  record Subscribe(ActorRef<ClusterView> subscriber) implements HeadroomCommand {}

  /// Tell this subscriber nothing more.
  record Unsubscribe(ActorRef<ClusterView> subscriber) implements HeadroomCommand {}

  /// The view to itself: look for nodes that have gone silent.
  record Tick() implements HeadroomCommand {}

  /// Every node that has reported, silent ones closed with that reason.
  ///
  /// @param samples headroom reports received since this view began
  record ClusterView(List<NodeHeadroom> nodes, long samples) implements CborSerializable {
    public ClusterView {
      nodes = List.copyOf(nodes);
    }
  }
}
