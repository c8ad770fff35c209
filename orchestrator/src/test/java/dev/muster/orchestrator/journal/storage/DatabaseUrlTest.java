package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '/tmp/x.sql'",
        "jdbc:h2:mem:x;init=CREATE ALIAS x AS 'void x() {}'",
        "jdbc:h2:mem:x;CACHE_SIZE=1\\;INIT=SELECT 1",
        "jdbc:h2:mem:x;CACHE_SIZE=1;",
        "jdbc:h2:file:/d/muster;DATABASE_EVENT_LISTENER='x.Y'",
        "jdbc:h2:file:/d/muster;AUTO_SERVER=TRUE",
        "jdbc:h2:file:/d/muster;TRACE_LEVEL_FILE=3",
        "jdbc:h2:file:/d/muster;JAVA_OBJECT_SERIALIZER='x.Y'",
        "jdbc:h2:file:zip:/d/a.zip!/muster",
        "jdbc:h2:zip:/d/a.zip!/muster",
        "jdbc:h2:tcp://evil.example/x",
        "jdbc:h2:ssl://evil.example/x",
        "jdbc:h2:/d/muster",
        "jdbc:mysql://evil.example/x?autoDeserialize=true",
        "jdbc:postgresql://h/m?socketFactory=x.Y&socketFactoryArg=http://evil",
        "jdbc:postgresql://h/m?sslmode=require&sslfactory=x.Y",
        "jdbc:postgresql://h/m?loggerLevel=TRACE&loggerFile=/root/.bashrc",
        "jdbc:postgresql://h/m?authenticationPluginClassName=x.Y",
        "jdbc:postgresql://h/m?options=-c%20session_preload_libraries=x",
        "jdbc:postgresql://h/m?service=x",
        "jdbc:postgresql://h/m?%73ocketFactory=x.Y",
        "jdbc:postgresql://h/m?",
        "jdbc:postgresql://h/m?sslpasswordcallback=x.Y",
      })
  void whatRunsCodeOrWritesFilesIsRefused(String url) {
    assertThat(DatabaseUrl.problem(url)).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseSettings(url, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x",
        "jdbc:h2:mem:x;DB_CLOSE_DELAY=1",
        "jdbc:h2:file:~/muster;lock_timeout=30000",
        "jdbc:postgresql://db.example:5432/muster",
        "jdbc:postgresql://a:5432,b:5432/muster?targetServerType=primary&sslmode=verify-full",
        "jdbc:postgresql:muster?ApplicationName=muster",
      })
  void whatHonestPeopleWriteIsNot(String url) {
    assertThat(DatabaseUrl.problem(url)).isNull();
  }

  @Test
  void ourOwnIsLetThrough() {
    assertThat(DatabaseUrl.problem(DatabaseSettings.embedded(Path.of("/a b/ü")).url())).isNull();
  }

  @Test
  void aValueThatMayBeSecretIsNotSaid() {
    assertThat(DatabaseUrl.problem("jdbc:postgresql://h/m?secret=hush"))
        .contains("`secret`")
        .doesNotContain("hush");
  }
}
