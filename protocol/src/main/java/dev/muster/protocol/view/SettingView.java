package dev.muster.protocol.view;

/// A setting as the node that answers has it.
///
/// @param value `***` for a secret
/// @param origin `flag --port`, `environment MUSTER_PORT`, a file with its line, or `default`
/// @param meaning what it does, in words
public record SettingView(String key, String value, String origin, String meaning) {}
