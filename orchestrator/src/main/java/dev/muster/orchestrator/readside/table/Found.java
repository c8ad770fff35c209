package dev.muster.orchestrator.readside.table;

/// A row of a page.
///
/// @param at where it lies in the order that was asked for
public record Found<T>(Selection.After at, T item) {}
