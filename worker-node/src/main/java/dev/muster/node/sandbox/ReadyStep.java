package dev.muster.node.sandbox;

import dev.muster.node.sandbox.Steps.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A step whose sandbox is made while somebody is still asked about it. Whoever closes it before it
/// was begun has run nothing.
public final class ReadyStep implements AutoCloseable {
  /// What its sandbox masks was looked for when it was made, so that it does not stand for long.
  private static final Duration KEEPS = Duration.ofSeconds(2);

  /// A sandbox that is refused stands and ends within that, or it is killed.
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final Leave leave = Leave.awaited();
  private final long sinceNanos = System.nanoTime();
  private final String name;
  private final Steps steps;
  private final FutureTask<Step> course;
  private final Thread thread;
  private boolean over;

  /// The course of a step.
  interface Course {
    Step run(Leave leave) throws IOException, InterruptedException;
  }

  ReadyStep(String name, Steps steps, Course course) {
    this.name = name;
    this.steps = steps;
    this.course = new FutureTask<>(() -> course.run(leave));
    this.thread = Thread.ofVirtual().name("ready-" + name).start(this.course);
  }

  /// Whether it can still be begun.
  public boolean stands() {
    return !over && !course.isDone() && System.nanoTime() - sinceNanos < KEEPS.toNanos();
  }

  /// Begins it and waits for its end, as `Steps.run` does.
  public Step go() throws IOException, InterruptedException {
    if (over) throw new IllegalStateException(name + " was begun or given up before");
    steps.say(name);
    over = true;
    leave.give();
    var interrupted = ended();
    if (interrupted) Thread.currentThread().interrupt();
    return outcome();
  }

  private Step outcome() throws IOException, InterruptedException {
    try {
      return course.resultNow();
    } catch (IllegalStateException e) {
      switch (course.exceptionNow()) {
        case InterruptedException stopped -> {
          var _ = Thread.interrupted();
          throw stopped;
        }
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case Throwable failed -> throw new IllegalStateException(failed);
      }
    }
  }

  /// Whether this thread was interrupted meanwhile, which stops the step.
  private boolean ended() {
    var interrupted = false;
    while (true) {
      try {
        course.get();
        return interrupted;
      } catch (ExecutionException _) {
        return interrupted;
      } catch (InterruptedException _) {
        interrupted = true;
        thread.interrupt();
      }
    }
  }

  /// Ends what has not begun, and returns when nothing of it is left.
  @Override
  public void close() {
    if (over) return;
    over = true;
    leave.refuse();
    Uninterrupted.run(() -> {
      try {
        if (thread.join(ENDS_WITHIN)) return;
      } catch (InterruptedException _) {
        // Nobody interrupts what runs uninterrupted.
      }
      thread.interrupt();
      var _ = ended();
    });
  }
}
