package dev.muster.node.worker;

/// One life of one node.
///
/// @param name what operators call the node
/// @param incarnation differs after every start of its JVM
public record NodeIdentity(String name, String incarnation) {}
