// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;
import tulip.bytes.Bytes;

/// The name of a place in the domain name system, from the root: always absolute.
///
/// A name has labels of 1 to 63 bytes, and at most 255 bytes with their lengths and the root's (RFC
/// 1035, 2.3.4). Any byte may stand in a label (RFC 2181, 11). Two names are equal if they differ
/// only in the case of ASCII letters (RFC 4343); the case that was given is kept.
public final class DomainName implements Comparable<DomainName> {
  /// The most bytes of a label.
  public static final int MAX_LABEL = 63;

  /// The most bytes of a name as it is sent.
  public static final int MAX_WIRE = 255;

  /// The name without labels.
  public static final DomainName ROOT = new DomainName(Bytes.ofHex("00"));

  /// Length and bytes of each label, and the zero that ends them.
  private final Bytes wire;

  private final int hash;

  /// @param wire a name in full, within the limits
  DomainName(Bytes wire) {
    this.wire = wire;
    int h = 0;
    for (int i = 0; i < wire.length(); i++) {
      h = 31 * h + Ascii.toLowerCase(wire.byteAt(i));
    }
    hash = h;
  }

  /// Reads a name as people write it: labels between dots, with or without the last dot.
  ///
  /// `\.` is a dot inside a label, `\DDD` the byte with that decimal number, and a backslash takes
  /// the meaning of any other character away (RFC 1035, 5.1). Letters outside ASCII are converted
  /// as IDNA says (RFC 3490), so that `bücher.example` is `xn--bcher-kva.example`.
  ///
  /// @throws IllegalArgumentException if a label is empty or too long, or the name is too long
  public static DomainName of(String text) {
    return NameText.parse(text);
  }

  /// A name of these labels.
  ///
  /// @param labels the leftmost first
  /// @throws IllegalArgumentException if a label is empty or too long, or the name is too long
  public static DomainName ofLabels(List<Bytes> labels) {
    byte[] wire = new byte[MAX_WIRE];
    int size = 0;
    for (Bytes label : labels) {
      int length = label.length();
      if (length == 0 || length > MAX_LABEL) {
        throw new IllegalArgumentException(
            "a label has 1 to " + MAX_LABEL + " bytes, not " + length);
      }
      if (size + 1 + length + 1 > MAX_WIRE) {
        throw new IllegalArgumentException("a name has at most " + MAX_WIRE + " bytes");
      }
      wire[size] = (byte) length;
      label.copyTo(wire, size + 1);
      size += 1 + length;
    }
    return size == 0 ? ROOT : new DomainName(Bytes.copyOf(wire, 0, size + 1));
  }

  /// Whether this is the name without labels.
  public boolean isRoot() {
    return wire.length() == 1;
  }

  /// The labels, the leftmost first.
  public List<Bytes> labels() {
    var labels = new ArrayList<Bytes>();
    for (int at = 0; wire.byteAt(at) != 0; at += 1 + wire.byteAt(at)) {
      labels.add(wire.slice(at + 1, at + 1 + wire.byteAt(at)));
    }
    return List.copyOf(labels);
  }

  /// The name without its leftmost label.
  ///
  /// @throws IllegalStateException if this is the root
  public DomainName parent() {
    if (isRoot()) {
      throw new IllegalStateException("the root has no parent");
    }
    return new DomainName(wire.slice(1 + wire.byteAt(0)));
  }

  /// Whether this is the other name or one below it.
  public boolean isWithin(DomainName ancestor) {
    var name = this;
    while (name.wire.length() > ancestor.wire.length()) {
      name = name.parent();
    }
    return name.equals(ancestor);
  }

  /// This name below another one: `www` and `example.org` give `www.example.org`.
  ///
  /// @throws IllegalArgumentException if that is too long
  public DomainName below(DomainName ancestor) {
    var labels = new ArrayList<>(labels());
    labels.addAll(ancestor.labels());
    return ofLabels(labels);
  }

  /// The name as it is sent, not compressed.
  public Bytes wire() {
    return wire;
  }

  /// Whether the other name has the same letters in the same case.
  public boolean isSpelledLike(DomainName other) {
    return wire.equals(other.wire);
  }

  /// Orders names as DNSSEC does (RFC 4034, 6.1): by their labels from the right.
  @Override
  public int compareTo(DomainName other) {
    var mine = labels().reversed();
    var theirs = other.labels().reversed();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      int order = lowerCase(mine.get(i)).compareTo(lowerCase(theirs.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.size(), theirs.size());
  }

  private static Bytes lowerCase(Bytes label) {
    byte[] bytes = label.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Ascii.toLowerCase(bytes[i]);
    }
    return Bytes.wrap(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DomainName name
        && hash == name.hash
        && wire.equalsIgnoreAsciiCase(name.wire);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The name with A-labels as they are, made of letters of other scripts where it can be.
  public String toUnicode() {
    return NameText.formatUnicode(this);
  }

  /// The name with its last dot and all escapes: [#of] reads it back.
  @Override
  public String toString() {
    return NameText.format(this);
  }
}
