package dev.muster.protocol.proof;

import dev.muster.protocol.CborSerializable;

/// Marks a message in which a node speaks of itself: it travels with that node's own seal (see
/// [SealedSerializer]), and with another's it is dropped.
public interface FromNode extends CborSerializable {
  /// The name of the node that it is about.
  String saidBy();
}
