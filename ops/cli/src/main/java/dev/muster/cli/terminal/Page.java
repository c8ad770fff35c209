package dev.muster.cli.terminal;

/// How much of a table fits, and what becomes of the rest.
///
/// @param columns where a line ends
/// @param folds cells that are too long go on below; else they are cut, one line a row
record Page(int columns, boolean folds) {
  /// Everything, however long.
  static final Page ENDLESS = new Page(Integer.MAX_VALUE, false);

  /// Where no terminal says how wide it is: a file, or another program.
  static final Page UNKNOWN = new Page(160, false);
}
