package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappedPagesTest {
  @Test
  void anArchiveThatIsOnlyReadIsOne() {
    assertThat(
            MappedPages.Mapping.of(
                "8030b9000-8078e1000 r--p 030ba000 fe:00 1843 /home/a b/muster.aot"))
        .isEqualTo(new MappedPages.Mapping(0x8030b9000L, 0x4828000L));
  }

  @Test
  void whatCouldBeWrittenRunOrIsInNoFileIsNone() {
    for (var line :
        new String[] {
          "800001000-8030b9000 rw-p 00002000 fe:00 1843 /home/a/muster.aot",
          "7fccdd8e3000-7fccde96f000 r-xp 002e3000 fe:00 77 /jdk/lib/server/libjvm.so",
          "7fcccf400000-7fccd7f33000 r--s 00000000 fe:00 78 /jdk/lib/modules",
          "7fccdf000000-7fccdf001000 r--p 00000000 00:00 0",
          "7ffd1d5a2000-7ffd1d5a6000 r--p 00000000 00:00 0 [vvar]"
        }) {
      assertThat(MappedPages.Mapping.of(line)).as(line).isNull();
    }
  }

  @Test
  void nothingIsLostWithThem() throws Exception {
    var before = MappedPages.readOnly();
    assertThat(before).isNotEmpty();
    MappedPages.giveBack();
    assertThat(MappedPages.readOnly()).containsAll(before);
  }
}
