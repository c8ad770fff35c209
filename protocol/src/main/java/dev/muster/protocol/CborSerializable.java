package dev.muster.protocol;

/// Marks a message that travels between nodes, bound to Pekko's Jackson CBOR serializer.
public interface CborSerializable {}
