// SPDX-License-Identifier: Apache-2.0

/// Layers for [tulip.http.WebApp#use], each for one thing, all independent of one another. Those
/// that stand first are outermost; this order does what one expects:
///
/// ```java
/// app.use(SecurityHeaders.DEFAULT);
/// app.use(Compression.DEFAULT);
/// app.use(Problems.INSTANCE);
/// app.use(RateLimit.of(100, Duration.ofSeconds(10)));
/// app.use(Cors.of(CorsPolicy.of("https://app.example.com")));
/// app.use(CsrfProtection.DEFAULT);
/// ```
package tulip.http.middleware;
