// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// The parameters of a service binding (RFC 9460, 7): how to connect to it.
///
/// Values are kept as bytes under their keys, so that keys of the future pass through. Those that
/// are known were checked, and have methods here.
///
/// @param values by key, 0 to 65535, in the order of the keys
public record SvcParams(SortedMap<Integer, Bytes> values) {
  /// Keys that a client must understand to use the record at all.
  public static final int MANDATORY = 0;

  /// Application protocols, such as `h2`.
  public static final int ALPN = 1;

  /// The usual protocol of the service is not spoken.
  public static final int NO_DEFAULT_ALPN = 2;

  /// Another port.
  public static final int PORT = 3;

  /// IPv4 addresses to begin with.
  public static final int IPV4HINT = 4;

  /// The configuration of encrypted client hello.
  public static final int ECH = 5;

  /// IPv6 addresses to begin with.
  public static final int IPV6HINT = 6;

  /// No parameters.
  public static final SvcParams NONE = new SvcParams(new TreeMap<>());

  /// Checks the keys, and the values of known keys.
  public SvcParams {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    try {
      for (var entry : values.entrySet()) {
        Unsigned.check16(entry.getKey(), "key");
        SvcParamText.check(entry.getKey(), entry.getValue());
      }
      checkMandatory(values);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkMandatory(Map<Integer, Bytes> values) throws MalformedException {
    int previous = 0; // "mandatory" itself is not to be named
    for (int key : keys(values.getOrDefault(MANDATORY, Bytes.EMPTY))) {
      if (key <= previous || !values.containsKey(key)) {
        throw new MalformedException("mandatory keys are in order, once each, and present");
      }
      previous = key;
    }
  }

  private static List<Integer> keys(Bytes value) throws MalformedException {
    var keys = new ArrayList<Integer>();
    var in = value.reader();
    while (in.remaining() > 0) {
      keys.add(in.takeUnsignedShort());
    }
    return keys;
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /// The value of a key, or `null`.
  public @Nullable Bytes get(int key) {
    return values.get(key);
  }

  /// The keys that a client must understand.
  public List<Integer> mandatory() {
    return checked(() -> keys(values.getOrDefault(MANDATORY, Bytes.EMPTY)));
  }

  /// The application protocols, the server's favourite first.
  public List<Bytes> alpn() {
    return checked(() -> SvcParamText.strings(values.getOrDefault(ALPN, Bytes.EMPTY)));
  }

  /// Whether the usual protocol of the service is not spoken.
  public boolean noDefaultAlpn() {
    return values.containsKey(NO_DEFAULT_ALPN);
  }

  /// The port, if it is another than the service's usual one.
  public OptionalInt port() {
    var value = values.get(PORT);
    return value == null
        ? OptionalInt.empty()
        : OptionalInt.of(checked(() -> value.reader().takeUnsignedShort()));
  }

  /// IPv4 addresses to begin with, while those of the target are looked up.
  public List<Inet4Address> ipv4Hint() {
    var in = values.getOrDefault(IPV4HINT, Bytes.EMPTY).reader();
    var hints = new ArrayList<Inet4Address>();
    while (in.remaining() > 0) {
      hints.add(checked(() -> Addresses.takeIpv4(in)));
    }
    return hints;
  }

  /// IPv6 addresses to begin with, while those of the target are looked up.
  public List<Inet6Address> ipv6Hint() {
    var in = values.getOrDefault(IPV6HINT, Bytes.EMPTY).reader();
    var hints = new ArrayList<Inet6Address>();
    while (in.remaining() > 0) {
      hints.add(checked(() -> Addresses.takeIpv6(in)));
    }
    return hints;
  }

  private interface Parse<T> {
    T run() throws MalformedException;
  }

  /// What the constructor has found good.
  private static <T> T checked(Parse<T> parse) {
    try {
      return parse.run();
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The parameters as a zone file holds them (RFC 9460, 2.1).
  @Override
  public String toString() {
    return SvcParamText.format(this);
  }
}
