/// Others that carry durable workers out: each a `main` of its own, as the benchmark's `JdbcEngine`
/// starts it, with a class path that Muster has no part in.
@NullMarked
package dev.muster.rival;

import org.jspecify.annotations.NullMarked;
