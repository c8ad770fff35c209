package dev.muster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.log.LogCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.worker.ReleaseShards;
import dev.muster.protocol.worker.WorkerCommand;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// On one node an answer need not be written down to arrive, so that only several notice.
class AnswersTravelTest {
  static Stream<Class<?>> commands() {
    return Stream.of(
            ApprovalCommand.class,
            RunCommand.class,
            WorkerCommand.class,
            HeadroomCommand.class,
            LogCommand.class,
            ReleaseShards.class)
        .flatMap(AnswersTravelTest::records);
  }

  private static Stream<Class<?>> records(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(AnswersTravelTest::records)
        : Stream.of(family);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandAndItsAnswerGetFromNodeToNode(Class<?> command) {
    assertThat(command).isAssignableTo(CborSerializable.class);
    for (var component : command.getRecordComponents()) {
      var answer = answer(component);
      if (answer == null || answer.equals(Done.class)) continue;
      assertThat((Class<?>) answer).as("%s", component).isAssignableTo(CborSerializable.class);
    }
  }

  /// What the actor of this component is sent: `T` of `ActorRef<T>` and `ActorRef<StatusReply<T>>`.
  private static @Nullable Type answer(RecordComponent component) {
    if (!component.getType().equals(ActorRef.class)) return null;
    var type = argument(component.getGenericType());
    return type instanceof ParameterizedType status ? argument(status) : type;
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
