package dev.muster.orchestrator.journal.tail;

import java.io.Serial;

/// A reader of the journal has not come far enough yet to answer; it goes on meanwhile.
public final class ReaderBehindException extends JournalException {
  @Serial private static final long serialVersionUID = 1L;

  ReaderBehindException(String message) {
    super(message, null);
  }
}
