package dev.muster.node.sql;

/// What came of a statement, for a model.
///
/// @param failed nothing has happened then
public record SqlAnswer(String text, boolean failed) {}
