package dev.muster.protocol.proof;

import dev.muster.protocol.CborSerializable;

/// Marks a message that only a node that decides may send to another: it travels with the seal of
/// its sender (see [SealedSerializer]), and without one it is dropped.
public interface FromOrchestrator extends CborSerializable {}
