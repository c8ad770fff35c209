package dev.muster.protocol.headroom;

/// At or above which use, in percent, a node takes no more work. 100 is no limit.
public record HeadroomLimits(double cpuPercent, double memoryPercent, double diskPercent) {
  public static final double OFF = 100;
  public static final HeadroomLimits DEFAULT = new HeadroomLimits(80, 85, 90);

  public HeadroomLimits {
    check("cpuPercent", cpuPercent);
    check("memoryPercent", memoryPercent);
    check("diskPercent", diskPercent);
  }

  private static void check(String name, double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(name + " is " + percent + ", expected above 0 up to 100");
    }
  }
}
