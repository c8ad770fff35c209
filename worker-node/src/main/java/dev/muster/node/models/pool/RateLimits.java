package dev.muster.node.models.pool;

/// How much a provider may be asked.
///
/// @param requestsPerMinute 0 for no limit
/// @param tokensPerMinute read and written together; 0 for no limit
/// @param burst requests at once, when it was idle; counts only with `requestsPerMinute`
/// @param inFlightMax calls at the same time
public record RateLimits(int requestsPerMinute, long tokensPerMinute, int burst, int inFlightMax) {
  public static final int BURST = 10;
  public static final int IN_FLIGHT_MAX = 16;
  public static final int IN_FLIGHT_LIMIT = 10_000;
  public static final RateLimits NONE = new RateLimits(0, 0, BURST, IN_FLIGHT_MAX);

  public RateLimits {
    if (requestsPerMinute < 0 || tokensPerMinute < 0) throw new IllegalArgumentException("below 0");
    if (burst < 1 || inFlightMax < 1) throw new IllegalArgumentException("below 1");
  }
}
