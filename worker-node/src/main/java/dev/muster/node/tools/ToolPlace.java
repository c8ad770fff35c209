package dev.muster.node.tools;

import java.nio.file.Path;

/// Where an agent works.
///
/// @param work its workspace, the only folder it may change
/// @param inputs the deliverables of what it waited for, to read only
/// @param boundaries what its instruction allows
public record ToolPlace(Path work, Path inputs, Boundaries boundaries) {}
