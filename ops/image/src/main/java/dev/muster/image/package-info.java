/// Holds what is deployed, the image, `docker-compose.yml` and `ops/k8s`, against what Muster is.
@NullMarked
package dev.muster.image;

import org.jspecify.annotations.NullMarked;
