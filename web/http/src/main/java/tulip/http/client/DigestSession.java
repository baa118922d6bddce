// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.fields.Challenge;
import tulip.http.fields.Credentials.Login;
import tulip.http.protocol.HeaderName;

/// One challenge of Digest and how it is answered (RFC 7616, section 3.4).
final class DigestSession {
  /// By strength. Names are those of the JDK for what stands there.
  private static final List<String> ALGORITHMS =
      List.of("MD5", "SHA", "SHA-256", "SHA-512-256", "SHA-512");

  private static final Map<String, String> JDK_NAMES =
      Map.of("SHA", "SHA-1", "SHA-512-256", "SHA-512/256");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CNONCE = 16;

  private final Challenge challenge;
  private final Login login;
  private final String algorithm;
  private final boolean perSession;
  private final @Nullable String quality;
  private final Url asked;
  private final String firstClientNonce = clientNonce();
  private final String firstNonce;
  private String nonce;
  private int count;

  private DigestSession(
      Challenge challenge, Login login, String algorithm, @Nullable String quality, Url asked) {
    this.challenge = challenge;
    this.login = login;
    this.perSession = algorithm.endsWith("-SESS");
    this.algorithm = perSession ? algorithm.substring(0, algorithm.length() - 5) : algorithm;
    this.quality = quality;
    this.asked = asked;
    firstNonce = parameter("nonce", "");
    nonce = firstNonce;
  }

  /// The answer to a challenge, or null if there is none.
  static @Nullable DigestSession of(Challenge challenge, Login login, ClientRequest request) {
    var parameters = challenge.parameters();
    var algorithm = parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    var plain =
        algorithm.endsWith("-SESS") ? algorithm.substring(0, algorithm.length() - 5) : algorithm;
    if (!ALGORITHMS.contains(plain) || !parameters.containsKey("nonce")) {
      return null;
    }
    var offered = parameters.get("qop");
    var quality = offered == null ? null : quality(offered, request.payload());
    return offered != null && quality == null
        ? null
        : new DigestSession(challenge, login, algorithm, quality, request.url());
  }

  private static @Nullable String quality(String offered, Payload payload) {
    var all = List.of(offered.toLowerCase(Locale.ROOT).split("[\\s,]+", -1));
    return all.contains("auth")
        ? "auth"
        : all.contains("auth-int") && payload instanceof WholePayload ? "auth-int" : null;
  }

  int strength() {
    return ALGORITHMS.indexOf(algorithm);
  }

  /// Whether this is not what was answered before, in vain.
  boolean isNewerThan(DigestSession other) {
    return parameter("stale", "").equalsIgnoreCase("true") || !firstNonce.equals(other.firstNonce);
  }

  /// Whether a URL belongs to what the server protects: those below its `domain`.
  boolean includes(Url url) {
    for (var each : parameter("domain", "").split("\\s+", -1)) {
      if (!each.isEmpty() && isBelow(url, each)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBelow(Url url, String reference) {
    try {
      var root = asked.resolve(reference);
      return url.origin().equals(root.origin()) && url.path().startsWith(root.path());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  void renew(String next) {
    if (!next.equals(nonce)) {
      nonce = next;
      count = 0;
    }
  }

  private String parameter(String name, String otherwise) {
    return challenge.parameters().getOrDefault(name, otherwise);
  }

  // ---- answering ----

  /// The request with the answer to the challenge.
  ClientRequest authorize(ClientRequest request) {
    if ("auth-int".equals(quality) && !(request.payload() instanceof WholePayload)) {
      return request;
    }
    return request.header(HeaderName.AUTHORIZATION, answer(request));
  }

  private String answer(ClientRequest request) {
    var times = "%08x".formatted(++count);
    var clientNonce = count == 1 ? firstClientNonce : clientNonce();
    var uri = request.url().target();
    var secret = hash(login.user() + ":" + parameter("realm", "") + ":" + login.password());
    var first = perSession ? hash(secret + ":" + nonce + ":" + firstClientNonce) : secret;
    var second = hash(request.method() + ":" + uri + body(request.payload()));
    var middle = quality == null ? "" : times + ":" + clientNonce + ":" + quality + ":";
    var text = new StringBuilder("Digest ");
    boolean hidden = parameter("userhash", "").equalsIgnoreCase("true");
    var user = hidden ? hash(login.user() + ":" + parameter("realm", "")) : login.user();
    quoted(text, "username", latin(user));
    quoted(text.append(", "), "realm", parameter("realm", ""));
    quoted(text.append(", "), "nonce", nonce);
    quoted(text.append(", "), "uri", uri);
    quoted(text.append(", "), "response", hash(first + ":" + nonce + ":" + middle + second));
    if (challenge.parameters().containsKey("algorithm")) {
      text.append(", algorithm=").append(parameter("algorithm", ""));
    }
    if (challenge.parameters().containsKey("opaque")) {
      quoted(text.append(", "), "opaque", parameter("opaque", ""));
    }
    if (quality != null || perSession) {
      quoted(text.append(", "), "cnonce", perSession ? firstClientNonce : clientNonce);
    }
    if (quality != null) {
      text.append(", qop=").append(quality).append(", nc=").append(times);
    }
    return text.append(hidden ? ", userhash=true" : "").toString();
  }

  private String body(Payload payload) {
    return "auth-int".equals(quality) && payload instanceof WholePayload whole
        ? ":" + hash(whole.content().toByteArray())
        : "";
  }

  private static void quoted(StringBuilder text, String name, String value) {
    text.append(name)
        .append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
        .append('"');
  }

  /// UTF-8 as a field carries it.
  private static String latin(String text) {
    return Bytes.ofUtf8(text).latin1();
  }

  private String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance(JDK_NAMES.getOrDefault(algorithm, algorithm));
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }

  private static String clientNonce() {
    byte[] random = new byte[CNONCE];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
