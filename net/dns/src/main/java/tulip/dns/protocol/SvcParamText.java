// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// The values of service parameters: what each may be (RFC 9460, 7), and how it is written (2.1).
final class SvcParamText {
  private static final List<String> NAMES =
      List.of("mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint");

  private SvcParamText() {}

  static void check(int key, Bytes value) throws MalformedException {
    int length = value.length();
    boolean good =
        switch (key) {
          case SvcParams.MANDATORY -> length > 0 && length % 2 == 0;
          case SvcParams.ALPN -> isAlpn(strings(value));
          case SvcParams.NO_DEFAULT_ALPN -> length == 0;
          case SvcParams.PORT -> length == 2;
          case SvcParams.IPV4HINT -> length > 0 && length % 4 == 0;
          case SvcParams.IPV6HINT -> length > 0 && length % 16 == 0;
          default -> length <= 0xFFFF;
        };
    if (!good) {
      throw new MalformedException(name(key) + " of a service has a bad value " + value);
    }
  }

  private static boolean isAlpn(List<Bytes> protocols) {
    return !protocols.isEmpty() && protocols.stream().noneMatch(Bytes::isEmpty);
  }

  /// Strings with their lengths before them.
  static List<Bytes> strings(Bytes value) throws MalformedException {
    var strings = new ArrayList<Bytes>();
    var in = value.reader();
    while (in.remaining() > 0) {
      strings.add(in.take(in.takeUnsignedByte()));
    }
    return strings;
  }

  static String format(SvcParams parameters) {
    return parameters.values().entrySet().stream()
        .map(entry -> format(parameters, entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String format(SvcParams parameters, int key, Bytes value) {
    return switch (key) {
      case SvcParams.MANDATORY ->
          "mandatory=" + join(parameters.mandatory().stream().map(SvcParamText::name).toList());
      case SvcParams.ALPN ->
          "alpn=\"" + join(parameters.alpn().stream().map(SvcParamText::protocol).toList()) + '"';
      case SvcParams.PORT -> "port=" + parameters.port().orElseThrow();
      case SvcParams.IPV4HINT ->
          "ipv4hint=" + join(parameters.ipv4Hint().stream().map(a -> a.getHostAddress()).toList());
      case SvcParams.ECH -> "ech=" + Base64.getEncoder().encodeToString(value.toByteArray());
      case SvcParams.IPV6HINT ->
          "ipv6hint=" + join(parameters.ipv6Hint().stream().map(RecordText::address).toList());
      default -> name(key) + (value.isEmpty() ? "" : "=" + NameText.quote(value));
    };
  }

  /// A comma inside a protocol's name is escaped twice: for the list, and for the string.
  private static String protocol(Bytes protocol) {
    var item = protocol.latin1().replace("\\", "\\\\").replace(",", "\\,");
    var text = new StringBuilder();
    NameText.escape(Bytes.ofLatin1(item), "\"\\", ' ', text);
    return text.toString();
  }

  private static String join(List<String> values) {
    return String.join(",", values);
  }

  private static String name(int key) {
    return key < NAMES.size() ? NAMES.get(key) : "key" + key;
  }
}
